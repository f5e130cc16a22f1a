import { describe, expect, it } from 'vitest';
import { marksOf } from './marks.ts';

const idea = (id: number, fits: boolean, chance: number) => ({ id, place: id - 1, fits, chance, effort: 1, sum: 1 });

describe('marks of rows', () => {
  it('join ideas that are a coin toss apart (UNC-17)', () => {
    const marks = marksOf([7, 8, 9, 10], [[1, 3]]);
    expect(marks.has(7)).toBe(false);
    expect([8, 9, 10].map((id) => marks.get(id))).toEqual([
      { tie: 'first', tied: 3 },
      { tie: 'middle', tied: 3 },
      { tie: 'last', tied: 3 },
    ]);
  });

  it('draw the cut line below the last idea that fits, with the chances around it (UNC-20)', () => {
    const cut = [idea(1, true, 1), idea(2, true, 0.7), idea(3, false, 0.3), idea(4, false, 0)];
    const marks = marksOf([1, 2, 3, 4], [], cut);
    expect(marks.get(2)).toEqual({ fits: '7 in 10', end: true });
    expect(marks.get(3)).toEqual({ fits: '3 in 10' });
    expect([marks.has(1), marks.has(4)]).toEqual([false, false]);
  });

  it('follow the order of the view where must-haves are taken first, and draw no line where all fit', () => {
    const marks = marksOf([1, 2, 3], [], [idea(3, true, 1), idea(1, true, 1), idea(2, false, 0)]);
    expect(marks.get(1)).toEqual({ fits: 'Certain', end: true });
    expect(marks.get(3)).toEqual({ fits: 'Certain' });
    expect(marksOf([1, 2], [], [idea(1, true, 1), idea(2, true, 1)]).size).toBe(0);
  });
});
