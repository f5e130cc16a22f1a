import { useMemo } from 'react';
import type { Account } from '@/api/account.ts';
import type { SidebarModel } from './model.ts';

/** What the sidebar shows to this person; the one place where features are connected to it. */
export function useSidebarModel(account: Account): SidebarModel {
  return useMemo(
    () => ({ projects: [], sections: [], person: { name: account.name, email: account.email } }),
    [account],
  );
}
