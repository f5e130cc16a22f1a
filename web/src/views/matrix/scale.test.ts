import { describe, expect, it } from 'vitest';
import { linearTicks, logTicks, niceRange, niceStep, shareOf, valueAt } from './scale.ts';

const linear = { low: 0, high: 10, log: false, reversed: false };

describe('scales (MTX-10 to MTX-13)', () => {
  it('places values linearly, logarithmically and reversed', () => {
    expect(shareOf(2.5, linear)).toBe(0.25);
    expect(shareOf(2.5, { ...linear, reversed: true })).toBe(0.75);
    expect(shareOf(10, { low: 1, high: 100, log: true, reversed: false })).toBeCloseTo(0.5);
    expect(shareOf(10, { low: 1, high: 1000, log: true, reversed: true })).toBeCloseTo(2 / 3);
  });
  it('has no place for zero and less on a logarithmic axis', () => {
    expect(shareOf(0, { low: 1, high: 100, log: true, reversed: false })).toBeNaN();
    expect(shareOf(-3, { low: 1, high: 100, log: true, reversed: false })).toBeNaN();
  });
  it('goes back from a place to its value', () => {
    for (const log of [false, true])
      for (const reversed of [false, true]) {
        const span = { low: 0.5, high: 80, log, reversed };
        for (const value of [0.5, 1, 7, 80])
          expect(valueAt(shareOf(value, span), span)).toBeCloseTo(value, 9);
      }
  });
  it('takes steps of 1, 2 or 5 times a power of ten', () => {
    expect([0.9, 12, 33, 60, 800].map((range) => niceStep(range, 10))).toEqual([0.1, 1, 2, 5, 100]);
    expect(niceStep(0, 5)).toBe(1);
  });
  it('writes round ticks within the range', () => {
    expect(linearTicks(0, 10, 5)).toEqual([0, 2, 4, 6, 8, 10]);
    expect(linearTicks(-0.3, 0.3, 6)).toEqual([-0.3, -0.2, -0.1, 0, 0.1, 0.2, 0.3]);
    expect(linearTicks(0, 3, 20, 1)).toEqual([0, 1, 2, 3]);
    expect(linearTicks(4, 4, 5)).toEqual([]);
  });
  it('writes powers of ten, and 2 and 5 between them where there is room', () => {
    expect(logTicks(1, 100, 12)).toEqual([1, 2, 5, 10, 20, 50, 100]);
    expect(logTicks(1, 1e6, 7)).toEqual([1, 10, 100, 1e3, 1e4, 1e5, 1e6]);
    expect(logTicks(1, 1e9, 4)).toEqual([1, 1e3, 1e6, 1e9]);
    expect(logTicks(0, 10, 5)).toEqual([]);
    expect(logTicks(20, 60, 5)).toEqual([20, 30, 40, 50, 60]);
  });
  it('gives the ends of an axis room, and begins at zero when that is near', () => {
    const around = niceRange(3, 97, false);
    expect(around.low).toBeLessThanOrEqual(0);
    expect(around.high).toBeGreaterThan(97);
    expect(niceRange(2000, 2010, false).low).toBeGreaterThan(1900);
    const one = niceRange(5, 5, false);
    expect(one.low).toBeLessThan(5);
    expect(one.high).toBeGreaterThan(5);
    const log = niceRange(2, 800, true);
    expect(log.low).toBeLessThan(2);
    expect(log.high).toBeGreaterThan(800);
    expect(niceRange(0, 0, true)).toEqual({ low: 1, high: 100 });
  });
});
