import { CSPProvider } from '@base-ui/react/csp-provider';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { Route, Switch } from 'wouter';
import { ActionsProvider } from '@/actions/react.tsx';
import { passes } from '@/api/error.ts';
import { Commands } from '@/features/commands/Commands.tsx';
import { useFirstPaint } from '@/lib/first-paint.ts';
import { useMessageLocale } from '@/lib/i18n.ts';
import { patterns } from '@/lib/routes.ts';
import { firstAnswers } from '@/sync/first.ts';
import { cacheKeys } from '@/sync/project.tsx';
import { accountKey } from '@/sync/session.tsx';
import { ErrorBoundary } from '@/ui/ErrorBoundary.tsx';
import { ToastRegion, toastFailure } from '@/ui/Toast.tsx';
import { TooltipLayer } from '@/ui/Tooltip.tsx';
import { Workspace } from './Workspace.tsx';

const SignIn = lazy(() => import('@/features/auth/SignIn.tsx'));
const SetUp = lazy(() => import('@/features/auth/SetUp.tsx'));
const AcceptInvite = lazy(() => import('@/features/auth/AcceptInvite.tsx'));
const Gallery = import.meta.env.DEV ? lazy(() => import('./gallery/Gallery.tsx')) : null;

/** The server is asked again only where waiting may help, and never for what it refused. */
function makeQueries(): QueryClient {
  const retry = (count: number, error: Error) => count < 4 && passes(error);
  const queries = new QueryClient({
    defaultOptions: { queries: { retry, refetchOnWindowFocus: false, staleTime: 30_000 } },
  });
  const { account, workspace, project } = firstAnswers();
  if (account) queries.setQueryData(accountKey, account);
  if (workspace) queries.setQueryData(cacheKeys.workspace, workspace);
  if (project) queries.setQueryData(cacheKeys.project(project.key), project);
  return queries;
}

/** The whole app: what surrounds every page, and the pages that need no sign-in. */
export function App() {
  const [queries] = useState(makeQueries);
  const locale = useMessageLocale();
  useFirstPaint();
  return (
    <CSPProvider disableStyleElements key={locale}>
      <QueryClientProvider client={queries}>
        <ActionsProvider onError={toastFailure}>
          <ErrorBoundary>
            <Suspense>
              <Switch>
                <Route path={patterns.signIn} component={SignIn} />
                <Route path={patterns.setup} component={SetUp} />
                <Route path={patterns.invite} component={AcceptInvite} />
                {Gallery && <Route path="/__gallery" component={Gallery} />}
                <Route component={Workspace} />
              </Switch>
            </Suspense>
          </ErrorBoundary>
          <Commands />
        </ActionsProvider>
        <TooltipLayer />
        <ToastRegion />
      </QueryClientProvider>
    </CSPProvider>
  );
}
