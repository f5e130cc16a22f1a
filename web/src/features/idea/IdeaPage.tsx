import { Link } from 'wouter';
import { t } from '@/lib/i18n.ts';
import { paths } from '@/lib/routes.ts';
import { useTitle } from '@/lib/title.ts';
import { useProject } from '@/sync/project.tsx';
import { Page } from '@/ui/Page.tsx';
import css from './IdeaPage.module.css';
import IdeaPanel from './IdeaPanel.tsx';

/** An idea on a page of its own, within its project. */
export default function IdeaPage({ ideaKey }: { ideaKey: string }) {
  const { project } = useProject();
  useTitle(ideaKey, project.name);
  return (
    <Page
      fill
      title={ideaKey}
      heading={
        <h1 className={css.crumbs}>
          <Link href={paths.project(project.key)}>{project.name}</Link>
          <span aria-hidden="true">/</span>
          <span className="visually-hidden">{t('idea.page', { key: ideaKey })}</span>
        </h1>
      }
    >
      <IdeaPanel key={ideaKey} ideaKey={ideaKey} />
    </Page>
  );
}
