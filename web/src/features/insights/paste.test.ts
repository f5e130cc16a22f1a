import { describe, expect, it } from 'vitest';
import { cut, guessSplit } from './paste.ts';

describe('pasted insights', () => {
  it('are lines without their list marks', () => {
    expect(cut('- One\r\n2) Two\n\n•  Three  \n', 'lines')).toEqual(['One', 'Two', 'Three']);
  });

  it('are blocks between blank lines, which keep their own lines', () => {
    expect(cut('One\nmore\n \n\nTwo', 'blocks')).toEqual(['One\nmore', 'Two']);
  });

  it('are guessed to be blocks only where a block has several lines', () => {
    expect(guessSplit('a\n\nb\n\nc')).toBe('lines');
    expect(guessSplit('a\nb\n\nc')).toBe('blocks');
    expect(guessSplit('a\nb')).toBe('lines');
  });
});
