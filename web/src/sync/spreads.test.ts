import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createSpreads, type SpreadAnswer, type SpreadQuestion } from './spreads.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A server where odd ideas have a range around ten times their id. */
function server() {
  const asked: number[][] = [];
  let answers: (() => void)[] = [];
  const ask = async ({ ids, seq }: SpreadQuestion): Promise<SpreadAnswer> => {
    asked.push([...ids]);
    await new Promise<void>((resolve) => answers.push(resolve));
    const ideas = ids
      .filter((id) => id % 2 === 1)
      .map((id) => ({ id, low: id * 10 - seq, high: id * 10 + seq }));
    return [{ field: 'f1', from: 0, to: 50, ideas }];
  };
  const answer = async () => {
    for (const resolve of answers) resolve();
    answers = [];
    await vi.advanceTimersByTimeAsync(0);
  };
  return { ask, asked, answer };
}

const see = (ids: number[], seq = 1): SpreadQuestion => ({ ids, fields: ['f1'], seq });

describe('spreads of a list (UNC-23)', () => {
  it('asks once for what is visible when scrolling has settled, and not again for what it knows', async () => {
    const { ask, asked, answer } = server();
    const spreads = createSpreads(ask, 100);
    spreads.show(see([1, 2]));
    await vi.advanceTimersByTimeAsync(60);
    spreads.show(see([2, 3]));
    await vi.advanceTimersByTimeAsync(60);
    expect(asked).toEqual([]);
    await vi.advanceTimersByTimeAsync(60);
    expect(asked).toEqual([[2, 3]]);
    await answer();
    expect(spreads.state.get().rows.get(3)).toEqual({ f1: { low: 29, high: 31 } });
    expect(spreads.state.get().rows.has(2)).toBe(false);
    spreads.show(see([3, 4]));
    await vi.advanceTimersByTimeAsync(200);
    expect(asked).toEqual([[2, 3], [4]]);
  });

  it('keeps what it knew until newer spreads have come, and rows that stay the same', async () => {
    const { ask, asked, answer } = server();
    const spreads = createSpreads(ask, 100);
    spreads.show(see([1]));
    await vi.advanceTimersByTimeAsync(100);
    await answer();
    const before = spreads.state.get();
    spreads.show(see([1], 2));
    // Changes that follow each other do not put it off for ever.
    await vi.advanceTimersByTimeAsync(60);
    spreads.show(see([1], 3));
    await vi.advanceTimersByTimeAsync(40);
    expect(asked).toEqual([[1], [1]]);
    expect(spreads.state.get()).toBe(before);
    await answer();
    expect(spreads.state.get().rows.get(1)).toEqual({ f1: { low: 7, high: 13 } });
  });

  it('goes on with what became visible while it was asking, one request at a time', async () => {
    const { ask, asked, answer } = server();
    const spreads = createSpreads(ask, 100);
    spreads.show(see([1]));
    await vi.advanceTimersByTimeAsync(100);
    spreads.show(see([5]));
    await vi.advanceTimersByTimeAsync(300);
    expect(asked).toEqual([[1]]);
    await answer();
    await vi.advanceTimersByTimeAsync(100);
    expect(asked).toEqual([[1], [5]]);
    await answer();
    expect(spreads.state.get().scales).toEqual({ f1: { from: 0, to: 51 } });
  });

  it('asks for nothing when nothing is visible, and not after it was closed', async () => {
    const { ask, asked } = server();
    const spreads = createSpreads(ask, 100);
    spreads.show(see([]));
    await vi.advanceTimersByTimeAsync(200);
    spreads.show(see([1]));
    spreads.close();
    await vi.advanceTimersByTimeAsync(200);
    expect(asked).toEqual([]);
  });
});
