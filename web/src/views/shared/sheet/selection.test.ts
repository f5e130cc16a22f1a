import { describe, expect, it } from 'vitest';
import {
  countSelected,
  goTo,
  nothing,
  placeAfterKey,
  rangeOf,
  tick,
  tickAll,
  tickTo,
  untick,
} from './selection.ts';

const extent = { items: 100, columns: 5, page: 20 };
const at = (item: number, column: number) => ({ item, column });

describe('keys that move', () => {
  it.each([
    ['ArrowDown', false, at(11, 2)],
    ['ArrowUp', false, at(9, 2)],
    ['ArrowLeft', false, at(10, 1)],
    ['ArrowRight', false, at(10, 3)],
    ['ArrowDown', true, at(99, 2)],
    ['ArrowUp', true, at(0, 2)],
    ['ArrowLeft', true, at(10, 0)],
    ['ArrowRight', true, at(10, 4)],
    ['Home', false, at(10, 0)],
    ['End', false, at(10, 4)],
    ['Home', true, at(0, 0)],
    ['End', true, at(99, 4)],
    ['PageDown', false, at(30, 2)],
    ['PageUp', false, at(0, 2)],
  ])('%s (with the command key: %s)', (key, mod, place) => {
    expect(placeAfterKey({ key, mod }, at(10, 2), extent)).toEqual(place);
  });

  it('stays within the grid and leaves other keys alone', () => {
    expect(placeAfterKey({ key: 'ArrowDown', mod: false }, at(99, 4), extent)).toEqual(at(99, 4));
    expect(placeAfterKey({ key: 'ArrowLeft', mod: false }, at(0, 0), extent)).toEqual(at(0, 0));
    expect(placeAfterKey({ key: 'x', mod: false }, at(0, 0), extent)).toBeUndefined();
  });
});

describe('selection', () => {
  it('extends a range from where it began, and gives it up on the next move', () => {
    let state = goTo(nothing, at(5, 1));
    state = goTo(state, at(6, 1), 'extend');
    state = goTo(state, at(3, 3), 'extend');
    expect(rangeOf(state)).toEqual({ top: 3, bottom: 5, left: 1, right: 3 });
    expect(rangeOf(goTo(state, at(9, 0)))).toEqual({ top: 9, bottom: 9, left: 0, right: 0 });
    expect(rangeOf(nothing)).toBeNull();
  });

  it('ticks, unticks, ticks a run, and everything', () => {
    let state = tick(nothing, 42, 3);
    expect([...state.selected]).toEqual([42]);
    expect(tick(state, 42, 3).selected.size).toBe(0);
    state = tickTo(state, [43, 44], 5);
    expect(countSelected(state, 1000)).toBe(3);
    state = tickAll(state, [1, 2]);
    expect(countSelected(state, 1000)).toBe(1000);
    expect(countSelected(tick(state, 1, 0), 1000)).toBe(1);
    expect(countSelected(untick(state), 1000)).toBe(0);
  });
});
