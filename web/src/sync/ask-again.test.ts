import { QueryClient, QueryObserver } from '@tanstack/react-query';
import { describe, expect, it, vi } from 'vitest';
import { askAgain } from './ask-again.ts';

const queryKey = ['comments', 31];

/** Somebody looks at comments; each answer waits until it is given. */
function look() {
  const queries = new QueryClient();
  const answers: ((comments: string[]) => void)[] = [];
  const queryFn = vi.fn(() => new Promise<string[]>((answer) => answers.push(answer)));
  const observer = new QueryObserver(queries, { queryKey, queryFn, staleTime: Number.POSITIVE_INFINITY });
  const shown: (readonly string[] | undefined)[] = [];
  const stop = observer.subscribe(({ data }) => shown.push(data));
  return { queries, answers, queryFn, shown, stop };
}

describe('asking again', () => {
  it('asks anew for what is being asked for the first time', async () => {
    const { queries, answers, queryFn, shown, stop } = look();
    void askAgain(queries, { queryKey });
    await vi.waitFor(() => expect(queryFn).toHaveBeenCalledTimes(2));
    answers[0]?.([]);
    answers[1]?.(['Five of eight gave up']);
    await vi.waitFor(() => expect(shown.at(-1)).toEqual(['Five of eight gave up']));
    expect(shown).not.toContainEqual([]);
    stop();
  });

  it('asks again for what is there, and for nothing else', async () => {
    const { queries, answers, queryFn, shown, stop } = look();
    answers[0]?.([]);
    await vi.waitFor(() => expect(shown.at(-1)).toEqual([]));
    void askAgain(queries, { queryKey: ['comments', 32] });
    void askAgain(queries, { queryKey });
    await vi.waitFor(() => expect(queryFn).toHaveBeenCalledTimes(2));
    answers[1]?.(['Five of eight gave up']);
    await vi.waitFor(() => expect(shown.at(-1)).toEqual(['Five of eight gave up']));
    stop();
  });
});
