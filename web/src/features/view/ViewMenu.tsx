import { Archive, Copy, Download, Ellipsis, Rows3, Rows4, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useLocation } from 'wouter';
import { t } from '@/lib/i18n.ts';
import { paths } from '@/lib/routes.ts';
import { hasRole } from '@/sync/facts.ts';
import { useProject } from '@/sync/project.tsx';
import type { View } from '@/sync/types.ts';
import { useViewWriter } from '@/sync/use-views.ts';
import { IconButton } from '@/ui/Button.tsx';
import { Menu, type MenuEntry } from '@/ui/Menu.tsx';
import { toast } from '@/ui/Toast.tsx';
import { NewViewDialog } from './DraftBar.tsx';
import type { Draft } from './draft.ts';
import { SearchBox } from './SearchBox.tsx';

const formats = ['csv', 'xlsx', 'json', 'md'] as const;

/** The search box, and what is rarely done to a view. */
export function ViewMenu({ view, draft }: { view: View; draft: Draft }) {
  const { project, views, session } = useProject();
  const writer = useViewWriter();
  const [, go] = useLocation();
  const [copying, setCopying] = useState(false);
  const { definition, change } = draft;
  const mayWrite = hasRole(project.role, 'editor');
  const compact = definition.rowHeight === 'compact';
  const archived = definition.query.archived ?? '';

  const remove = async () => {
    try {
      const group = await writer.remove(view.id);
      go(paths.project(project.key), { replace: true });
      toast({ title: t('view.deleted', { name: view.name }), undo: () => void session.undoGroup(group) });
    } catch (error) {
      toast({ title: error instanceof Error ? error.message : String(error), tone: 'error' });
    }
  };
  const download = (format: string) => {
    const link = document.createElement('a');
    link.href = `/api/v1/projects/${encodeURIComponent(project.key)}/export?view=${view.id}&format=${format}`;
    link.download = '';
    link.click();
  };
  const showArchived = (which: '' | 'only' | 'all') =>
    change({ query: { ...definition.query, archived: which } });
  const items: (MenuEntry | false)[] = [
    {
      id: 'height',
      label: t(compact ? 'view.regularRows' : 'view.compactRows'),
      icon: compact ? Rows3 : Rows4,
      onSelect: () => change({ rowHeight: compact ? 'regular' : 'compact' }),
    },
    {
      kind: 'submenu',
      id: 'archived',
      label: t('view.archived'),
      icon: Archive,
      items: (['', 'only', 'all'] as const).map((which) => ({
        id: which || 'live',
        label: t(`view.archived.${which || 'none'}`),
        checked: archived === which,
        onSelect: () => showArchived(which),
      })),
    },
    {
      kind: 'submenu',
      id: 'export',
      label: t('view.export'),
      icon: Download,
      items: formats.map((format) => ({
        id: format,
        label: t(`view.export.${format}`),
        onSelect: () => download(format),
      })),
    },
    mayWrite && { kind: 'separator', id: 'line' },
    mayWrite && { id: 'copy', label: t('view.duplicate'), icon: Copy, onSelect: () => setCopying(true) },
    mayWrite && {
      id: 'delete',
      label: t('view.delete'),
      icon: Trash2,
      danger: true,
      disabled: views.length < 2,
      onSelect: () => void remove(),
    },
  ];
  return (
    <>
      <SearchBox draft={draft} />
      <Menu
        align="end"
        items={items.filter((item): item is MenuEntry => item !== false)}
        trigger={<IconButton label={t('view.more')} icon={Ellipsis} />}
      />
      {copying && (
        <NewViewDialog
          draft={draft}
          name={t('view.copyOf', { name: view.name })}
          onClose={() => setCopying(false)}
        />
      )}
    </>
  );
}
