import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useState } from 'react';
import { ApiError } from '@/api/error.ts';
import { useProject } from '@/sync/project.tsx';
import { getImport, getImports, type Run, type RunDetail } from './calls.ts';
import type { Home } from './home.ts';
import { isWorking } from './stage.ts';

/** Milliseconds between two looks at an import that is under way. */
const lookEvery = 500;

const keys = {
  list: (project: string) => ['imports', project] as const,
  listOf: (project: string, home: Home) => ['imports', project, home] as const,
  run: (id: number) => ['import', id] as const,
};

/** The imports of a home, newest first; looked at again while one is under way. */
export function useRuns(home: Home) {
  const { project } = useProject();
  return useQuery({
    queryKey: keys.listOf(project.key, home),
    queryFn: ({ signal }) => getImports(project.key, home, signal),
    refetchInterval: ({ state }) => (state.data?.some(isWorking) ? lookEvery : false),
    staleTime: 0,
  });
}

/** One import; looked at again while it is under way, or while the caller is acting on it. */
export function useRun(id: number, acting: boolean) {
  return useQuery({
    queryKey: keys.run(id),
    queryFn: ({ signal }) => getImport(id, signal),
    refetchInterval: ({ state }) => (acting || (state.data && isWorking(state.data)) ? lookEvery : false),
    staleTime: 0,
  });
}

/** Work on an import, and what came of it. */
export interface Doing {
  busy: boolean;
  /** Why the last attempt failed. */
  failure: ApiError | undefined;
  /** Runs a call; its answer, or undefined when it failed. */
  run: <T>(call: () => Promise<T>) => Promise<T | undefined>;
}

/** Runs calls one at a time and keeps the failure of the last one. */
export function useDoing(): Doing {
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<ApiError>();
  const run = useCallback(async <T>(call: () => Promise<T>) => {
    setBusy(true);
    setFailure(undefined);
    try {
      return await call();
    } catch (error) {
      if (error instanceof DOMException && error.name === 'AbortError') return undefined;
      setFailure(error instanceof ApiError ? error : new ApiError('internal', String(error)));
      return undefined;
    } finally {
      setBusy(false);
    }
  }, []);
  return { busy, failure, run };
}

/** Puts an answer of the server where the pages look, so that they need not ask again. */
export function useKeepRun() {
  const queries = useQueryClient();
  const { project } = useProject();
  const keep = useCallback(
    (detail: RunDetail) => {
      queries.setQueryData(keys.run(detail.id), detail);
      void queries.invalidateQueries({ queryKey: keys.list(project.key) });
    },
    [queries, project.key],
  );
  /** For answers without the file's details: they join what is known. */
  const update = useCallback(
    async (run: Run) => {
      queries.setQueryData<RunDetail>(keys.run(run.id), (known) => known && { ...known, ...run });
      await queries.invalidateQueries({ queryKey: keys.run(run.id) });
      await queries.invalidateQueries({ queryKey: keys.list(project.key) });
    },
    [queries, project.key],
  );
  /** Asks the server again. */
  const reload = useCallback(
    (id: number) =>
      Promise.all([
        queries.invalidateQueries({ queryKey: keys.run(id) }),
        queries.invalidateQueries({ queryKey: keys.list(project.key) }),
      ]),
    [queries, project.key],
  );
  return { keep, update, reload };
}
