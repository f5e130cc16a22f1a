import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useState } from 'react';
import { ApiError } from '@/api/error.ts';
import { cacheKeys, useProject } from '@/sync/project.tsx';

/** Running a change of the project's settings, and what came of it. */
export interface Saving {
  busy: boolean;
  /** Why the last change was refused. */
  failure: ApiError | undefined;
  /** Runs a change, then loads the project again. False when it was refused. */
  save: (change: () => Promise<unknown>) => Promise<boolean>;
  clear: () => void;
}

/** Saves settings of the project around the caller. */
export function useSave(): Saving {
  const { session } = useProject();
  const queries = useQueryClient();
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<ApiError>();
  const save = useCallback(
    async (change: () => Promise<unknown>) => {
      setBusy(true);
      setFailure(undefined);
      try {
        await change();
        await Promise.all([
          queries.invalidateQueries({ queryKey: cacheKeys.project(session.key) }),
          queries.invalidateQueries({ queryKey: cacheKeys.workspace }),
        ]);
        session.refresh();
        return true;
      } catch (error) {
        setFailure(error instanceof ApiError ? error : new ApiError('internal', String(error)));
        return false;
      } finally {
        setBusy(false);
      }
    },
    [queries, session],
  );
  return { busy, failure, save, clear: useCallback(() => setFailure(undefined), []) };
}
