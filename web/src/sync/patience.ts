import { passes } from '@/api/error.ts';

/** While a server restarts or loads a large project, a view goes on loading instead of failing; in ms. */
const usual = [300, 1000, 2000, 4000, 8000];

/** Asks for a part of something. */
type FetchPart<A> = (offset: number, limit: number, signal: AbortSignal) => Promise<A>;

/** Asks like `fetch`, and where the failure is one of the moment, again after each of some times. */
export function patient<A>(fetch: FetchPart<A>, waits: readonly number[] = usual): FetchPart<A> {
  return async (offset, limit, signal) => {
    for (const wait of waits) {
      try {
        return await fetch(offset, limit, signal);
      } catch (error) {
        if (!passes(error)) throw error;
      }
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, wait);
        signal.addEventListener('abort', () => {
          clearTimeout(timer);
          resolve();
        });
      });
      signal.throwIfAborted();
    }
    return fetch(offset, limit, signal);
  };
}
