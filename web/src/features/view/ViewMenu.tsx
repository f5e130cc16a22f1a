import {
  Archive,
  Copy,
  Download,
  Ellipsis,
  House,
  Lock,
  Pencil,
  Rows3,
  Rows4,
  Save,
  Trash2,
} from 'lucide-react';
import { Suspense, useState } from 'react';
import { t } from '@/lib/i18n.ts';
import { hasRole, mayChangeView } from '@/sync/facts.ts';
import { useProject } from '@/sync/project.tsx';
import type { View } from '@/sync/types.ts';
import { useViewWriter } from '@/sync/use-views.ts';
import { IconButton } from '@/ui/Button.tsx';
import { Menu, type MenuEntry } from '@/ui/Menu.tsx';
import { WatchButton } from '@/views/shared/WatchButton.tsx';
import type { Draft } from './draft.ts';
import { ViewDialog } from './later.ts';
import { useCreateView } from './use-create-view.ts';
import { useViewCommands } from './use-view-menu.ts';

const formats = ['csv', 'xlsx', 'json', 'md'] as const;

/** Props of ViewMenu. */
export interface ViewMenuProps {
  view: View;
  draft: Draft;
}

/** What is rarely done to a view. */
export function ViewMenu({ view, draft }: ViewMenuProps) {
  const writer = useViewWriter();
  const create = useCreateView();
  const [dialog, setDialog] = useState<'details' | 'copy'>();
  const ask = (which: 'details' | 'copy') => ViewDialog.whenThere(() => setDialog(which));
  const look = useLookEntries(draft);
  const manage = useManageEntries(view, ask);
  const { download } = useViewCommands(view);
  const items: MenuEntry[] = [
    ...look,
    {
      kind: 'submenu',
      id: 'export',
      label: t(draft.changed ? 'view.exportSaved' : 'view.export'),
      icon: Download,
      items: formats.map((format) => ({
        id: format,
        label: t(`view.export.${format}`),
        onSelect: () => download(format),
      })),
    },
    ...manage,
  ];
  const close = () => setDialog(undefined);
  return (
    <>
      <WatchButton what={{ view: view.id }} />
      <Menu align="end" items={items} trigger={<IconButton label={t('view.more')} icon={Ellipsis} />} />
      <Suspense>
        {dialog === 'copy' && (
          <ViewDialog
            title={t('view.duplicate')}
            action={t('view.create')}
            first={{ ...view, name: t('view.copyOf', { name: view.name }) }}
            onSubmit={(facts) => create({ ...draft.savable, ...facts })}
            onClose={close}
          />
        )}
        {dialog === 'details' && (
          <ViewDialog
            title={t('view.details')}
            action={t('ui.save')}
            first={view}
            onSubmit={async (facts) => {
              await writer.patch(view.id, { icon: '', description: '', ...facts, version: view.version });
            }}
            onClose={close}
          />
        )}
      </Suspense>
    </>
  );
}

function useLookEntries({ definition, change }: Draft): MenuEntry[] {
  const compact = definition.rowHeight === 'compact';
  const archived = definition.query.archived ?? '';
  return [
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
        onSelect: () => change({ query: { ...definition.query, archived: which } }),
      })),
    },
  ];
}

function useManageEntries(view: View, ask: (dialog: 'details' | 'copy') => void): MenuEntry[] {
  const { project, views } = useProject();
  const { openFirst, remove, change } = useViewCommands(view);
  if (!hasRole(project.role, 'editor')) return [];
  const mine = mayChangeView(view, project.role);
  const lock: MenuEntry = {
    id: 'lock',
    label: t('view.lock'),
    icon: Lock,
    checked: view.locked ?? false,
    onSelect: () => void change({ locked: !view.locked }),
  };
  const opens: MenuEntry = {
    id: 'first',
    label: t('view.openFirst'),
    icon: House,
    checked: (project.defaultView || views[0]?.id) === view.id,
    onSelect: () => void openFirst(),
  };
  return [
    { kind: 'separator', id: 'line' },
    {
      id: 'details',
      label: t('view.details'),
      icon: Pencil,
      disabled: !mine,
      onSelect: () => ask('details'),
    },
    { id: 'copy', label: t('view.duplicate'), icon: Copy, onSelect: () => ask('copy') },
    {
      id: 'autosave',
      label: t('view.autosave'),
      icon: Save,
      checked: view.autosave ?? false,
      disabled: !mine,
      onSelect: () => void change({ autosave: !view.autosave }),
    },
    ...(hasRole(project.role, 'admin') ? [lock, opens] : []),
    { kind: 'separator', id: 'end' },
    {
      id: 'delete',
      label: t('view.delete'),
      icon: Trash2,
      danger: true,
      disabled: views.length < 2 || !mine,
      onSelect: () => void remove(),
    },
  ];
}
