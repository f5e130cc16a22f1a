import { FolderPlus, Mountain, Plus } from 'lucide-react';
import { useRegistry } from '@/actions/react.tsx';
import { createProjectAction } from '@/features/project/CreateProject.tsx';
import { colorOf } from '@/lib/colors.ts';
import { t } from '@/lib/i18n.ts';
import { paths } from '@/lib/routes.ts';
import { useTitle } from '@/lib/title.ts';
import { useWorkspace } from '@/sync/project.tsx';
import type { Project } from '@/sync/types.ts';
import { Badge } from '@/ui/Badge.tsx';
import { Banner } from '@/ui/Banner.tsx';
import { Button } from '@/ui/Button.tsx';
import { EmptyState } from '@/ui/EmptyState.tsx';
import { Page, PageColumn } from '@/ui/Page.tsx';
import { Skeleton } from '@/ui/Skeleton.tsx';
import css from './Home.module.css';
import { NavLink } from './shell/NavLink.tsx';

/** The start: the projects of the workspace, and the way to a new one. */
export function Home() {
  useTitle();
  const registry = useRegistry();
  const { workspace, error } = useWorkspace();
  const create = () => {
    registry.run(createProjectAction);
  };
  const projects = workspace?.projects ?? [];
  const title = workspace?.name || t('shell.projects');
  if (workspace && projects.length === 0) {
    return (
      <Page title={title}>
        <EmptyState
          icon={Mountain}
          title={t('shell.empty.title')}
          actions={
            <Button tone="primary" icon={FolderPlus} onClick={create}>
              {t('shell.createFirst')}
            </Button>
          }
        >
          {t('shell.empty.text')}
        </EmptyState>
      </Page>
    );
  }
  return (
    <Page
      title={title}
      actions={
        <Button icon={Plus} onClick={create}>
          {t('shell.newProject')}
        </Button>
      }
    >
      <PageColumn>
        {error && !workspace && <Banner tone="danger">{error.message}</Banner>}
        {!workspace && !error && <Skeleton height="96px" />}
        {projects.length > 0 && (
          <section aria-labelledby="home-projects">
            <h2 id="home-projects" className={css.heading}>
              {t('shell.projects')}
            </h2>
            <ul className={css.list}>
              {projects.map((project) => (
                <ProjectLine key={project.id} project={project} />
              ))}
            </ul>
          </section>
        )}
      </PageColumn>
    </Page>
  );
}

function ProjectLine({ project }: { project: Project }) {
  return (
    <li>
      <NavLink href={paths.project(project.key)} className={css.line}>
        <span className={css.mark} data-option-color={colorOf(project.key)} aria-hidden="true">
          {project.icon && !/^[\w-]+$/.test(project.icon)
            ? project.icon
            : [...project.name][0]?.toLocaleUpperCase()}
        </span>
        <span className={css.text}>
          <span className={css.name}>{project.name}</span>
          {project.description && <span className={css.quiet}>{project.description}</span>}
        </span>
        {project.archived && <Badge>{t('idea.archivedBadge')}</Badge>}
        <span className={css.quiet}>{project.key}</span>
      </NavLink>
    </li>
  );
}
