import { useQuery } from '@tanstack/react-query';
import { Activity, Building2, Inbox, MessageSquareQuote, Settings, Sprout, Upload } from 'lucide-react';
import { useMemo } from 'react';
import type { Account } from '@/api/account.ts';
import { t } from '@/lib/i18n.ts';
import { paths } from '@/lib/routes.ts';
import { getProject, type ProjectPage } from '@/sync/calls.ts';
import { hasRole } from '@/sync/facts.ts';
import { useUnread } from '@/sync/inbox.ts';
import { cacheKeys, useWorkspace } from '@/sync/project.tsx';
import type { Project } from '@/sync/types.ts';
import { emojiOf, type SidebarItem, type SidebarModel, type SidebarSection } from './model.ts';

/** What the sidebar's buttons do, for those who have them. */
export interface SidebarCommands {
  createProject: () => void;
  createIdea: () => void;
  createView: () => void;
}

/** What the sidebar shows to this person; the one place where features are connected to it. */
export function useSidebarModel(
  account: Account,
  projectKey: string | undefined,
  commands: SidebarCommands,
): SidebarModel {
  const { workspace } = useWorkspace();
  const unread = useUnread();
  const { data: page } = useQuery({
    queryKey: cacheKeys.project(projectKey ?? ''),
    queryFn: ({ signal }) => getProject(projectKey ?? '', signal),
    enabled: projectKey !== undefined,
  });
  return useMemo(() => {
    const projects = (workspace?.projects ?? []).filter(
      (project) => !project.archived || project.key === projectKey,
    );
    const writable = projects.some((project) => hasRole(project.role, 'contributor'));
    return {
      projects: projects.map(projectItem),
      current: projectKey,
      top: [{ id: 'inbox', label: t('shell.inbox'), href: paths.inbox(), icon: Inbox, count: unread }],
      sections: page && projectKey ? sectionsOf(page) : [],
      page: projectKey ? page : undefined,
      createView: commands.createView,
      createProject: commands.createProject,
      createIdea: writable ? commands.createIdea : undefined,
      person: { name: account.name, email: account.email },
    };
  }, [account, workspace, unread, page, projectKey, commands]);
}

function projectItem({ key, name, icon }: Project) {
  return { key, name, emoji: emojiOf(icon), href: paths.project(key) };
}

function sectionsOf(page: ProjectPage): SidebarSection[] {
  const manage: SidebarItem[] = [
    { id: 'insights', label: t('shell.insights'), href: paths.insights(page.key), icon: MessageSquareQuote },
    { id: 'customers', label: t('shell.customers'), href: paths.customers(page.key), icon: Building2 },
    { id: 'activity', label: t('shell.activity'), href: paths.activity(page.key), icon: Activity },
    { id: 'hygiene', label: t('shell.hygiene'), href: paths.hygiene(page.key), icon: Sprout },
  ];
  if (hasRole(page.role, 'admin')) {
    manage.push({
      id: 'import',
      label: t('shell.import'),
      href: paths.projectImport(page.key),
      icon: Upload,
    });
  }
  manage.push({
    id: 'settings',
    label: t('shell.projectSettings'),
    href: paths.projectSettings(page.key, 'details'),
    icon: Settings,
  });
  return [{ id: 'project', title: t('shell.project'), items: manage }];
}
