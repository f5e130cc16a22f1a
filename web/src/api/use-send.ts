import { useCallback, useState } from 'react';
import { type ApiError, asApiError } from './error.ts';

/** Sending a change, and what came of it. */
export interface Sending {
  busy: boolean;
  /** Why the last change was refused. */
  failure: ApiError | undefined;
  /** Runs a change; false when it was refused. */
  send: (change: () => Promise<unknown>) => Promise<boolean>;
  /** Forgets the refusal, for when what was refused is being mended. */
  clear: () => void;
}

/** Sends changes one at a time and keeps why the last one was refused. */
export function useSend(): Sending {
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<ApiError>();
  const send = useCallback(async (change: () => Promise<unknown>) => {
    setBusy(true);
    setFailure(undefined);
    try {
      await change();
      return true;
    } catch (error) {
      setFailure(asApiError(error));
      return false;
    } finally {
      setBusy(false);
    }
  }, []);
  return { busy, failure, send, clear: useCallback(() => setFailure(undefined), []) };
}

/** What a refusal says that none of a form's fields shows. */
export function unplaced(failure: ApiError | undefined, fields: readonly string[]): string | undefined {
  if (!failure || fields.some((field) => failure.field(field) !== undefined)) return undefined;
  return failure.message;
}
