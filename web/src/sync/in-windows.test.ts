import { describe, expect, it } from 'vitest';
import { inWindows } from './in-windows.ts';

const list = (from: number, to: number) =>
  Array.from({ length: Math.max(0, to - from) }, (_, at) => ({ id: from + at }));

describe('inWindows', () => {
  it('asks for as many windows as it takes, and no row beyond what is wanted or there', async () => {
    for (const [limit, total, windows] of [
      [5, 100, ['0+5']],
      [10, 100, ['0+10']],
      [25, 100, ['0+10', '10+10', '20+5']],
      [50, 12, ['0+10', '10+2']],
      [50, 0, ['0+10']],
    ] as const) {
      const asked: string[] = [];
      const answer = await inWindows({ limit, most: 10 }, async (offset, size) => {
        asked.push(`${offset}+${size}`);
        return { rows: list(offset, Math.min(offset + size, total)), total };
      });
      expect(asked).toEqual(windows);
      expect(answer.rows).toEqual(list(0, Math.min(limit, total)));
    }
  });

  it('has a row once that moved into the next window meanwhile, and ends when the list became shorter', async () => {
    let asked = 0;
    const answer = await inWindows({ limit: 100, most: 3 }, async () => {
      asked++;
      return asked === 1
        ? { rows: list(0, 3), total: 9 }
        : asked === 2
          ? { rows: list(2, 5), total: 9 }
          : { rows: [], total: 5 };
    });
    expect(answer.rows.map(({ id }) => id)).toEqual([0, 1, 2, 3, 4]);
    expect(asked).toBe(3);
  });
});
