import { describe, expect, it } from 'vitest';
import { kindsFor, topicsFor, topicsOf } from './topics.ts';

describe('topics of webhooks', () => {
  it('stand for kinds and back', () => {
    for (const topic of topicsOf('')) expect(topicsFor(kindsFor([topic]))).toEqual([topic]);
  });

  it('leave out of a project what belongs to the workspace', () => {
    expect(topicsOf('INS')).not.toContain('customers');
    expect(topicsOf('')).toContain('customers');
    expect(topicsOf('INS')).toContain('ideas');
  });

  it('show a kind that was chosen by itself', () => {
    expect(topicsFor(['evidence'])).toEqual(['insights']);
  });
});
