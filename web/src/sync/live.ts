import { type QueryKey, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useLatest } from '@/lib/latest.ts';
import { askAgain } from './ask-again.ts';
import { useOptionalProject } from './project.tsx';
import type { Change } from './types.ts';

/**
 * Asks again for what is kept under a key when somebody writes something of the project around the caller that concerns
 * it, and when it is not told what was written.
 */
export function useLive(key: QueryKey, concerns: (change: Change) => boolean): void {
  const session = useOptionalProject()?.session;
  const queries = useQueryClient();
  const latest = useLatest({ key, concerns });
  useEffect(
    () =>
      session?.stream.listen((event) => {
        const now = latest();
        if (event.kind === 'reset' || event.set.bulk !== undefined || event.set.changes.some(now.concerns))
          void askAgain(queries, { queryKey: now.key });
      }),
    [session, queries, latest],
  );
}
