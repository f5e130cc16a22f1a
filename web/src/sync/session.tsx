import { useQuery, useQueryClient } from '@tanstack/react-query';
import { createContext, useCallback, useContext, useEffect } from 'react';
import { type Account, getAccount, signOut } from '@/api/account.ts';
import { signedOut } from '@/api/client.ts';
import { ApiError } from '@/api/error.ts';

/** The key of what is kept of the person signed in. */
export const accountKey = ['account'] as const;

/** What is known about who is signed in. */
export type Session =
  | { state: 'unknown' }
  | { state: 'out' }
  | { state: 'in'; account: Account }
  | { state: 'failed'; error: Error; retry: () => void };

/** Asks the server who is signed in and follows the end of the session. */
export function useSession(): Session {
  const queries = useQueryClient();
  const query = useQuery<Account, Error>({
    queryKey: accountKey,
    queryFn: ({ signal }) => getAccount(signal),
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });
  // Any call that was answered with "sign in first" ends the session here too.
  useEffect(() => signedOut.subscribe(() => queries.setQueryData(accountKey, undefined)), [queries]);
  if (query.data) return { state: 'in', account: query.data };
  if (query.isPending) return { state: 'unknown' };
  if (query.error instanceof ApiError && query.error.code === 'unauthenticated') return { state: 'out' };
  return { state: 'failed', error: query.error ?? new Error(), retry: () => void query.refetch() };
}

/** Takes note of a person who has just signed in. */
export function useSignedIn(): (account: Account) => void {
  const queries = useQueryClient();
  return useCallback((account) => queries.setQueryData(accountKey, account), [queries]);
}

/** Signs out and forgets everything that was loaded. */
export function useSignOut(): () => Promise<void> {
  return useCallback(async () => {
    await signOut();
    // A fresh page also drops what other stores hold in memory.
    location.assign('/signin');
  }, []);
}

/** Who is signed in, for everything within the frame. */
export const AccountContext = createContext<Account | null>(null);

/** The person signed in. */
export function useAccount(): Account {
  const account = useContext(AccountContext);
  if (!account) throw new Error('useAccount is for pages that need a sign-in');
  return account;
}
