import { CloudOff } from 'lucide-react';
import { Suspense } from 'react';
import { Redirect, Route, Switch, useLocation, useSearch } from 'wouter';
import type { Account } from '@/api/account.ts';
import { t } from '@/lib/i18n.ts';
import { paths } from '@/lib/routes.ts';
import { AccountContext, useSession } from '@/sync/session.tsx';
import { Button } from '@/ui/Button.tsx';
import { EmptyState } from '@/ui/EmptyState.tsx';
import { useAppActions } from './app-actions.ts';
import { NotFound } from './NotFound.tsx';
import { pages } from './pages.ts';
import { Shell } from './shell/Shell.tsx';
import { useSidebarModel } from './shell/use-sidebar-model.ts';
import css from './Workspace.module.css';

/** Everything that needs a sign-in; leads to the sign-in page and back. */
export function Workspace() {
  const session = useSession();
  const [path] = useLocation();
  const search = useSearch();
  switch (session.state) {
    case 'unknown':
      return null;
    case 'out': {
      const here = search ? `${path}?${search}` : path;
      return (
        <Redirect
          to={here === '/' ? paths.signIn() : `${paths.signIn()}?to=${encodeURIComponent(here)}`}
          replace
        />
      );
    }
    case 'failed':
      return (
        <main className={css.failed}>
          <EmptyState
            icon={CloudOff}
            level={1}
            title={t('shell.unreachable')}
            actions={<Button onClick={session.retry}>{t('shell.crash.retry')}</Button>}
          >
            {session.error.message}
          </EmptyState>
        </main>
      );
    default:
      return (
        <AccountContext value={session.account}>
          <Frame account={session.account} />
        </AccountContext>
      );
  }
}

function Frame({ account }: { account: Account }) {
  const model = useSidebarModel(account);
  useAppActions();
  return (
    <Shell model={model}>
      <Suspense>
        <Switch>
          {pages.map(({ pattern, page }) => (
            <Route key={pattern} path={pattern} component={page} />
          ))}
          <Route component={NotFound} />
        </Switch>
      </Suspense>
    </Shell>
  );
}
