import { useState } from 'react';
import { useLocation } from 'wouter';
import type { Account } from '@/api/account.ts';
import { ApiError } from '@/api/error.ts';
import { t } from '@/lib/i18n.ts';
import { returnPath } from '@/lib/routes.ts';
import { useSignedIn } from '@/sync/session.tsx';
import type { Complaints, Entries } from './check.ts';

/** What a form of this folder does. */
export interface AuthFormOptions<E extends Entries> {
  initial: E;
  check: (entries: E) => Complaints;
  /** Signs in one way or the other. */
  submit: (entries: E) => Promise<Account>;
  /** The message for a failure, where the server's own does not fit. */
  explain?: (error: ApiError) => string | undefined;
}

/** The state of a form that ends in being signed in. */
export interface AuthForm<E extends Entries> {
  entries: E;
  set: (name: keyof E & string, value: string) => void;
  complaints: Complaints;
  error: string;
  busy: boolean;
  submit: () => void;
}

/** Keeps what is typed, checks it, sends it, and goes on to where the person wanted to be. */
export function useAuthForm<E extends Entries>(options: AuthFormOptions<E>): AuthForm<E> {
  const [entries, setEntries] = useState(options.initial);
  const [complaints, setComplaints] = useState<Complaints>({});
  const [error, setError] = useState('');
  const [busy, setBusy] = useState(false);
  const [, go] = useLocation();
  const signedIn = useSignedIn();

  const fail = (cause: unknown) => {
    if (!(cause instanceof ApiError)) throw cause;
    const fields = Object.fromEntries(cause.fields.map((detail) => [detail.field, detail.message]));
    const known = Object.keys(fields).some((field) => field in entries);
    setComplaints(known ? fields : {});
    setError(known ? '' : explained(cause, options.explain));
  };
  const send = async () => {
    const wrong = options.check(entries);
    setComplaints(wrong);
    setError('');
    if (Object.keys(wrong).length > 0) return;
    setBusy(true);
    try {
      const account = await options.submit(entries);
      signedIn(account);
      go(returnPath(location.search), { replace: true });
    } catch (cause) {
      fail(cause);
    } finally {
      setBusy(false);
    }
  };
  return {
    entries,
    complaints,
    error,
    busy,
    set: (name, value) => {
      setEntries((last) => ({ ...last, [name]: value }));
      setComplaints((last) => ({ ...last, [name]: undefined }));
    },
    submit: () => void send(),
  };
}

function explained(error: ApiError, explain: AuthFormOptions<Entries>['explain']): string {
  if (error.code === 'rate_limited' && error.retryAfter !== undefined) {
    return t('auth.signIn.limited', { n: Math.ceil(error.retryAfter) });
  }
  return explain?.(error) ?? error.message;
}
