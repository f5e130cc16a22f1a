import '@/lib/messages/later/project.ts';
import { useLocation, useParams } from 'wouter';
import { t } from '@/lib/i18n.ts';
import { paths } from '@/lib/routes.ts';
import { useTitle } from '@/lib/title.ts';
import { hasRole } from '@/sync/facts.ts';
import { useOptionalProject, useProject } from '@/sync/project.tsx';
import { Banner } from '@/ui/Banner.tsx';
import { Page, PageColumn } from '@/ui/Page.tsx';
import { Tabs } from '@/ui/Tabs.tsx';
import { WatchButton } from '@/views/shared/WatchButton.tsx';
import { AskWhy } from './AskWhy.tsx';
import { Details } from './Details.tsx';
import { FieldList } from './FieldList.tsx';
import { Members } from './Members.tsx';
import { TypeList } from './TypeList.tsx';

const sections = ['details', 'types', 'fields', 'reasons', 'members'] as const;

/** A project's settings, a tab each: what it is, its fields, and who does what in it. */
export default function ProjectSettings() {
  return useOptionalProject() && <Settings />;
}

function Settings() {
  const { section: wanted } = useParams<{ section?: string }>();
  const { project } = useProject();
  const [, go] = useLocation();
  const section = sections.find((each) => each === wanted) ?? 'details';
  useTitle(t('shell.projectSettings'), project.name);
  const admin = hasRole(project.role, 'admin');
  return (
    <Page title={t('shell.projectSettings')} actions={<WatchButton what={{ project: project.key }} />}>
      <PageColumn>
        {!admin && <Banner>{t('project.locked')}</Banner>}
        <Tabs
          label={t('shell.projectSettings')}
          value={section}
          onValueChange={(id) => go(paths.projectSettings(project.key, id))}
          tabs={[
            { id: 'details', label: t('project.details'), content: <Details key={project.version} /> },
            { id: 'types', label: t('project.ideaTypes'), content: <TypeList /> },
            { id: 'fields', label: t('project.fields'), content: <FieldList /> },
            { id: 'reasons', label: t('project.why'), content: <AskWhy key={project.version} /> },
            { id: 'members', label: t('project.members'), content: <Members /> },
          ]}
        />
      </PageColumn>
    </Page>
  );
}
