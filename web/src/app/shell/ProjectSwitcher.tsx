import { ChevronsUpDown, Plus } from 'lucide-react';
import { useLocation } from 'wouter';
import { colorOf } from '@/lib/colors.ts';
import { t } from '@/lib/i18n.ts';
import { Icon } from '@/ui/Icon.tsx';
import { Menu, type MenuEntry } from '@/ui/Menu.tsx';
import type { SidebarModel, SidebarProject } from './model.ts';
import css from './ProjectSwitcher.module.css';

/** The open project, and a menu of the others. */
export function ProjectSwitcher({ model }: { model: SidebarModel }) {
  const [, go] = useLocation();
  const current = model.projects.find((project) => project.key === model.current);
  const items: MenuEntry[] = model.projects.map((project) => ({
    id: project.key,
    label: project.name,
    leading: <ProjectMark project={project} />,
    hint: project.key,
    checked: project.key === model.current,
    onSelect: () => go(project.href),
  }));
  if (model.createProject) {
    if (items.length > 0) items.push({ kind: 'separator', id: 'line' });
    items.push({ id: 'create', label: t('shell.newProject'), icon: Plus, onSelect: model.createProject });
  }
  if (items.length === 0) return <span className={css.none}>{t('shell.noProject')}</span>;
  const name = current?.name ?? t('shell.noProject');
  return (
    <Menu
      items={items}
      trigger={
        <button type="button" className={css.trigger}>
          <span className="visually-hidden">{t('shell.project')}: </span>
          {current && <ProjectMark project={current} />}
          <span className={css.name}>{name}</span>
          <Icon of={ChevronsUpDown} size={14} />
        </button>
      }
    />
  );
}

function ProjectMark({ project }: { project: SidebarProject }) {
  return (
    <span className={css.mark} data-option-color={colorOf(project.key)} aria-hidden="true">
      {project.emoji ?? [...project.name][0]?.toLocaleUpperCase()}
    </span>
  );
}
