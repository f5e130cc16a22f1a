import type { QueryClient, QueryFilters } from '@tanstack/react-query';

/**
 * Asks again for what is kept and shown, since something was written. What is being asked for the first time is asked
 * anew: its answer may be from before, and would count as fresh.
 */
export async function askAgain(queries: QueryClient, filters: QueryFilters): Promise<void> {
  await queries.cancelQueries({
    ...filters,
    predicate: (query) =>
      query.state.fetchStatus === 'fetching' &&
      query.state.data === undefined &&
      (filters.predicate?.(query) ?? true),
  });
  await queries.invalidateQueries(filters);
}
