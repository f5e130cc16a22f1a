import { CircleAlert } from 'lucide-react';
import { type ReactNode, useMemo } from 'react';
import { Redirect, useParams, useSearch } from 'wouter';
import { t } from '@/lib/i18n.ts';
import { paths, searchKeys } from '@/lib/routes.ts';
import { textParam, useParam } from '@/lib/search-params.ts';
import { PastProject, ProjectProvider, useOptionalProject, useProject } from '@/sync/project.tsx';
import { Button } from '@/ui/Button.tsx';
import { EmptyState } from '@/ui/EmptyState.tsx';
import { Page } from '@/ui/Page.tsx';
import { Loading } from './Loading.tsx';
import { type PanelOf, type PartsOfView, ViewScreen } from './ViewScreen.tsx';

/** Props of ViewPage. */
export interface ViewPageProps {
  /** Makes the panel for the idea that is open beside the view. */
  panel?: PanelOf;
  parts?: PartsOfView;
  /** Opens the form for a new idea, and the import; absent for those who may not. */
  onCapture?: () => void;
}

/** The page of a view: /p/INS (its first view) and /p/INS/v/17. */
export function ViewPage(props: ViewPageProps) {
  const { project = '' } = useParams<{ project: string }>();
  const around = useOptionalProject();
  const content = <Chosen {...props} />;
  if (around?.project.key === project) return content;
  return (
    <ProjectProvider projectKey={project} loading={<Loading />} failed={failed}>
      {content}
    </ProjectProvider>
  );
}

function failed(error: Error, retry: () => void): ReactNode {
  return (
    <Page title={t('view.failed')} heading={<span />}>
      <EmptyState
        icon={CircleAlert}
        level={1}
        title={t('view.failed')}
        actions={<Button onClick={retry}>{t('shell.crash.retry')}</Button>}
      >
        {error.message}
      </EmptyState>
    </Page>
  );
}

function Chosen(props: ViewPageProps) {
  const { view: wanted } = useParams<{ view?: string }>();
  const { project, views } = useProject();
  const search = useSearch();
  const [at] = useParam(searchKeys.at, textParam);
  const view = useMemo(() => {
    if (wanted !== undefined) return views.find((each) => String(each.id) === wanted);
    return views.find((each) => each.id === project.defaultView) ?? views[0];
  }, [wanted, views, project.defaultView]);
  if (view && wanted === undefined)
    return <Redirect to={`${paths.view(project.key, view.id)}${search && `?${search}`}`} replace />;
  if (!view) {
    return (
      <Page title={t('view.gone')} heading={<span />}>
        <EmptyState level={1} title={t('view.gone')}>
          {t('view.goneText')}
        </EmptyState>
      </Page>
    );
  }
  if (at === undefined) return <ViewScreen key={view.id} view={view} {...props} />;
  return (
    <PastProject key={`${view.id} ${at}`} at={at}>
      <ViewScreen view={view} {...props} />
    </PastProject>
  );
}
