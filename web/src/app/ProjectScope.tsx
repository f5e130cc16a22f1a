import { CloudOff, MapPinOff } from 'lucide-react';
import { lazy, type ReactNode, Suspense } from 'react';
import { useLocation } from 'wouter';
import { ApiError } from '@/api/error.ts';
import { t } from '@/lib/i18n.ts';
import { paths } from '@/lib/routes.ts';
import { useStore } from '@/lib/store.ts';
import { ProjectProvider, useProject } from '@/sync/project.tsx';
import { Button } from '@/ui/Button.tsx';
import { EmptyState } from '@/ui/EmptyState.tsx';
import { Page } from '@/ui/Page.tsx';
import { Skeleton } from '@/ui/Skeleton.tsx';
import css from './Workspace.module.css';

const ReasonDialog = lazy(() => import('@/features/reason/ReasonDialog.tsx'));

/** Gives the open project to everything inside; outside of projects there is none to give. */
export function ProjectScope({
  projectKey,
  children,
}: {
  projectKey: string | undefined;
  children: ReactNode;
}) {
  if (!projectKey) return children;
  return (
    <ProjectProvider projectKey={projectKey} loading={<Loading />} failed={renderFailed}>
      {children}
      <Why />
    </ProjectProvider>
  );
}

/** Asks why, where the project or the person wants that. */
function Why() {
  const { session } = useProject();
  const asking = useStore(session.reasons.asking);
  return (
    asking && (
      <Suspense>
        <ReasonDialog key={asking.questions.join()} asking={asking} />
      </Suspense>
    )
  );
}

function Loading() {
  return (
    <Page title={t('shell.loading')} heading={<h1 className="visually-hidden">{t('shell.loading')}</h1>}>
      <div className={css.loading} aria-busy="true">
        <Skeleton height="32px" />
        <Skeleton height="32px" />
        <Skeleton height="32px" />
      </div>
    </Page>
  );
}

function renderFailed(error: Error, retry: () => void): ReactNode {
  return <Failed error={error} retry={retry} />;
}

function Failed({ error, retry }: { error: Error; retry: () => void }) {
  const [, go] = useLocation();
  const missing = error instanceof ApiError && (error.code === 'not_found' || error.code === 'forbidden');
  const title = t(missing ? 'shell.noSuchProject' : 'shell.unreachable');
  return (
    <Page title={title} heading={<span />}>
      <EmptyState
        icon={missing ? MapPinOff : CloudOff}
        level={1}
        title={title}
        actions={
          missing ? (
            <Button tone="primary" onClick={() => go(paths.home())}>
              {t('shell.notFound.action')}
            </Button>
          ) : (
            <Button onClick={retry}>{t('shell.crash.retry')}</Button>
          )
        }
      >
        {error.message}
      </EmptyState>
    </Page>
  );
}
