import { describe, expect, it } from 'vitest';
import type { RowMarks } from '@/views/types.ts';
import { marksOf, type Taken } from './marks.ts';

const idea = (place: number, fits: boolean, chance: number, more: Partial<Taken> = {}): Taken => ({
  id: place + 1,
  place,
  fits,
  chance,
  effort: 1,
  sum: 1,
  ...more,
});

/** The marks of rows that stand one below the other. */
const down = (marks: RowMarks, ids: number[]) =>
  ids.map((id, at) => marks.at(id, { above: ids[at - 1], below: ids[at + 1] }));

describe('marks of rows', () => {
  it('join ideas that are a coin toss apart, where they stand beside each other (UNC-17, UNC-24)', () => {
    const marks = marksOf([
      [8, 9, 10],
      [11, 12],
    ]);
    expect(down(marks, [7, 8, 9, 10, 11, 12]).map((mark) => mark?.tie)).toEqual([
      undefined,
      'first',
      'middle',
      'last',
      'first',
      'last',
    ]);
    expect(marks.at(8, { above: 7, below: 9 })).toEqual({ tie: 'first', tied: 3 });
    // In another group stand others between them.
    expect(down(marks, [8, 10, 12]).map((mark) => mark?.tie)).toEqual(['first', 'last', undefined]);
    expect(marks.at(9, { above: undefined, below: undefined })).toBeUndefined();
    expect(marks.at(8, { above: 7, below: 9 })).toBe(marks.at(8, { above: 7, below: 9 }));
  });

  it('draw the cut line below the last idea that fits, with the chances around it (UNC-20)', () => {
    const cut = [idea(0, true, 1), idea(1, true, 0.7), idea(2, false, 0.3), idea(3, false, 0)];
    expect(down(marksOf([], cut), [1, 2, 3, 4, 5])).toEqual([
      undefined,
      { fits: '7 in 10', end: true },
      { fits: '3 in 10' },
      undefined,
      undefined,
    ]);
    // In a group of its own it ends where the group's ideas no longer fit, also those that are not named.
    expect(down(marksOf([], cut), [1, 4])).toEqual([{ fits: 'Certain', end: true }, { fits: 'No chance' }]);
    expect(down(marksOf([], cut), [1, 9])[0]).toEqual({ fits: 'Certain', end: true });
  });

  it('draw no second line below a must-have, and none where all fit', () => {
    const cut = [idea(2, true, 1, { must: true }), idea(0, true, 1), idea(1, false, 0), idea(3, false, 0)];
    expect(down(marksOf([], cut), [1, 2, 3, 4]).map((mark) => mark?.end)).toEqual([
      true,
      undefined,
      undefined,
      undefined,
    ]);
    expect(marksOf([], cut).at(3, { above: 2, below: 4 })).toEqual({ fits: 'Certain' });
    const all = marksOf([], [idea(0, true, 1), idea(1, true, 1)]);
    expect(down(all, [1, 2])).toEqual([undefined, undefined]);
  });

  it('draw a line for each team', () => {
    const cut = [
      idea(0, true, 1, { team: 1 }),
      idea(1, false, 0, { team: 1 }),
      idea(2, true, 1, { team: 2 }),
      idea(3, false, 0, { team: 2 }),
    ];
    expect(down(marksOf([], cut), [3, 4])[0]?.end).toBe(true);
  });
});
