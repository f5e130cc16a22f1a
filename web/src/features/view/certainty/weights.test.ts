import { describe, expect, it } from 'vitest';
import { scaleOf, shareOf } from './weights.ts';

describe('the scale of weights', () => {
  it('ends at a round number from twice the largest weight on', () => {
    expect(scaleOf([{ weight: 40 }, { weight: -25 }])).toBe(80);
    expect(scaleOf([{ weight: 0.7 }, { weight: 0.2 }])).toBe(2);
    expect(scaleOf([{ weight: 33 }])).toBe(70);
    expect(scaleOf([{ weight: 0 }])).toBe(1);
  });

  it('places weights of either sign', () => {
    expect([shareOf(20, 80), shareOf(-20, 80), shareOf(200, 80)]).toEqual([25, 25, 100]);
  });
});
