import { describe, expect, it } from 'vitest';
import { isVisible, placeSpread } from './certainty.ts';

describe('a spread on its scale', () => {
  it('stands where its ends are, with a mark at the likely value', () => {
    expect(placeSpread({ low: 20, high: 60 }, { from: 0, to: 200 }, 50)).toEqual({
      start: 10,
      length: 20,
      mark: 25,
    });
    expect(placeSpread({ low: -5, high: 0 }, { from: -10, to: 0 })).toEqual({ start: 50, length: 50 });
  });
  it('is cut at the ends of the scale, and in the middle of a scale without length', () => {
    expect(placeSpread({ low: -20, high: 300 }, { from: 0, to: 200 }, 400)).toEqual({
      start: 0,
      length: 100,
      mark: 100,
    });
    expect(isVisible(placeSpread({ low: 50, high: 51 }, { from: 0, to: 100 }))).toBe(false);
    expect(isVisible(placeSpread({ low: 50, high: 60 }, { from: 0, to: 100 }))).toBe(true);
    expect(placeSpread({ low: 3, high: 3 }, { from: 3, to: 3 }, 3)).toEqual({
      start: 50,
      length: 0,
      mark: 50,
    });
  });
});
