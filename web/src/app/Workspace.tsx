import { CloudOff } from 'lucide-react';
import { Suspense, useMemo } from 'react';
import { Redirect, Route, Switch, useLocation, useSearch } from 'wouter';
import { useRegistry } from '@/actions/react.tsx';
import type { Account } from '@/api/account.ts';
import { Capture, captureAction } from '@/features/capture/Capture.tsx';
import { CreateProject, createProjectAction } from '@/features/project/CreateProject.tsx';
import { Finding } from '@/features/search/Finding.tsx';
import { NewView, newViewAction } from '@/features/view/NewView.tsx';
import { t } from '@/lib/i18n.ts';
import { paths } from '@/lib/routes.ts';
import { AccountContext, useSession } from '@/sync/session.tsx';
import { Button } from '@/ui/Button.tsx';
import { EmptyState } from '@/ui/EmptyState.tsx';
import { useAppActions } from './app-actions.ts';
import { NotFound } from './NotFound.tsx';
import { ProjectScope } from './ProjectScope.tsx';
import { pages } from './pages.ts';
import { projectKeyOf } from './project-key.ts';
import { Shell } from './shell/Shell.tsx';
import { type SidebarCommands, useSidebarModel } from './shell/use-sidebar-model.ts';
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
  const [path] = useLocation();
  const projectKey = projectKeyOf(path);
  const registry = useRegistry();
  const commands = useMemo<SidebarCommands>(
    () => ({
      createProject: () => registry.run(createProjectAction),
      createIdea: () => registry.run(captureAction),
      createView: () => registry.run(newViewAction),
    }),
    [registry],
  );
  const model = useSidebarModel(account, projectKey, commands);
  useAppActions();
  return (
    <Shell model={model}>
      <CreateProject />
      <ProjectScope projectKey={projectKey}>
        <Capture />
        <NewView />
        <Finding />
        <Suspense>
          <Switch>
            {pages.map(({ pattern, page }) => (
              <Route key={pattern} path={pattern} component={page} />
            ))}
            <Route component={NotFound} />
          </Switch>
        </Suspense>
      </ProjectScope>
    </Shell>
  );
}
