import { useInfiniteQuery } from '@tanstack/react-query';
import { byGroup } from './by-idea.ts';
import type { Names } from './ChangesByIdea.tsx';
import { type ActivityPage, type ActivitySet, getActivity, type Wanted } from './calls.ts';

/** What happened, as far as it was asked for. */
export interface ShownActivity {
  sets: readonly ActivitySet[];
  names: Names;
  loading: boolean;
  error: Error | null;
  /** Asks for older steps; absent at the end. */
  older: (() => void) | undefined;
  asking: boolean;
}

/** Asks what happened, a page at a time. */
export function useActivity(wanted: Wanted): ShownActivity {
  const { data, error, hasNextPage, isFetchingNextPage, fetchNextPage } = useInfiniteQuery({
    queryKey: ['activity', wanted],
    initialPageParam: 0,
    queryFn: ({ pageParam, signal }) => getActivity(wanted, pageParam, signal),
    getNextPageParam: (last: ActivityPage) => last.next,
  });
  return {
    sets: byGroup(data?.pages.flatMap((page) => page.sets ?? []) ?? []),
    names: {
      ideas: Object.assign({}, ...(data?.pages.map((page) => page.ideas) ?? [])),
      insights: Object.assign({}, ...(data?.pages.map((page) => page.insights) ?? [])),
    },
    loading: !data && !error,
    error,
    older: hasNextPage ? () => void fetchNextPage() : undefined,
    asking: isFetchingNextPage,
  };
}
