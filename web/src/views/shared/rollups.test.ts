import { describe, expect, it } from 'vitest';
import { joinRollups } from './rollups.ts';

describe('roll-ups of several groups', () => {
  it('add sums and counts up, and take the outer ends (BRD-14)', () => {
    const of = (sum: number | null, least: string | null) => [
      { field: 'f1', op: 'sum', value: sum },
      { field: 'f2', op: 'min', value: least },
    ];
    expect(joinRollups(of(3, '2026-05-01'), of(null, null), of(4, '2026-02-01'))).toEqual([
      { field: 'f1', op: 'sum', value: 7 },
      { field: 'f2', op: 'min', value: '2026-02-01' },
    ]);
  });

  it('leave out what does not follow: averages and medians', () => {
    expect(
      joinRollups([{ field: 'f1', op: 'average', value: 2 }], [{ field: 'f1', op: 'average', value: 4 }]),
    ).toEqual([]);
  });
});
