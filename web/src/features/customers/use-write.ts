import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { errorText } from '@/lib/error-text.ts';
import { headersOf, newGroup } from '@/sync/calls.ts';
import { evidenceKey } from '@/sync/insights-live.ts';
import { useProject } from '@/sync/project.tsx';

/** Writes something about customers as one step for undo, and says what is wrong when it fails. */
export function useWrite() {
  const { session } = useProject();
  const queries = useQueryClient();
  const [error, setError] = useState('');
  const [busy, setBusy] = useState(false);
  const write = async <T>(
    run: (headers: Record<string, string>) => Promise<T>,
  ): Promise<{ done: T; undo: () => void } | undefined> => {
    const group = newGroup();
    setBusy(true);
    setError('');
    try {
      const done = await run(headersOf(group));
      session.undoStack.push(group);
      await queries.invalidateQueries({ queryKey: evidenceKey });
      return { done, undo: () => void session.undoGroup(group) };
    } catch (cause) {
      setError(errorText(cause));
      return undefined;
    } finally {
      setBusy(false);
    }
  };
  return { write, error, busy };
}
