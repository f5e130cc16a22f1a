import { useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import { type Sending, useSend } from '@/api/use-send.ts';
import { cacheKeys, useProject } from '@/sync/project.tsx';

/** Running a change of the project's settings, and what came of it. */
export interface Saving extends Omit<Sending, 'send'> {
  /** Runs a change, then loads the project again. False when it was refused. */
  save: Sending['send'];
}

/** Saves settings of the project around the caller. */
export function useSave(): Saving {
  const { session } = useProject();
  const queries = useQueryClient();
  const { send, ...state } = useSend();
  const save = useCallback(
    (change: () => Promise<unknown>) =>
      send(async () => {
        await change();
        await Promise.all([
          queries.invalidateQueries({ queryKey: cacheKeys.project(session.key) }),
          queries.invalidateQueries({ queryKey: cacheKeys.workspace }),
        ]);
        session.refresh();
      }),
    [queries, session, send],
  );
  return { ...state, save };
}
