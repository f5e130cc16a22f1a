import {
  ArrowDownUp,
  Columns3,
  Gauge,
  Layers,
  ListFilter,
  Palette,
  Save,
  Search,
  SlidersHorizontal,
} from 'lucide-react';
import { useMemo } from 'react';
import { useActions } from '@/actions/react.tsx';
import type { Action } from '@/actions/types.ts';
import { t } from '@/lib/i18n.ts';
import { useLatest } from '@/lib/latest.ts';
import { hasRole } from '@/sync/facts.ts';
import { useProject } from '@/sync/project.tsx';
import { toast } from '@/ui/Toast.tsx';
import { editActions } from '@/views/shared/edit-actions.ts';

/** The panels of a view's header, and its search. */
export const toolNames = ['layout', 'filter', 'group', 'sort', 'fields', 'colors', 'search'] as const;

/** One of them. */
export type ToolName = (typeof toolNames)[number];

// In a grid letters begin an edit: the second keys of filter and search work there too.
const tools: Record<ToolName, Pick<Action, 'icon' | 'shortcut'>> = {
  layout: { icon: SlidersHorizontal },
  filter: { icon: ListFilter, shortcut: ['f', '$mod+Shift+l'] },
  group: { icon: Layers, shortcut: 'Shift+g' },
  sort: { icon: ArrowDownUp, shortcut: 'Shift+s' },
  fields: { icon: Columns3, shortcut: 'Shift+f' },
  colors: { icon: Palette },
  search: { icon: Search, shortcut: ['/', '$mod+f'] },
};

/** What the commands of a view do. */
export interface ViewActionsProps {
  open: (tool: ToolName) => void;
  save: () => Promise<void>;
  /** There is something to save. */
  changed: boolean;
  /** The kind of view has a layout to choose. */
  layout: boolean;
  /** Shows how sure the order is, or hides it; absent where only the past is shown. */
  certainty: (() => void) | undefined;
}

/** The commands of the open view: its tools, saving, and undo and redo of this tab's edits. */
export function useViewActions({ open, save, changed, layout, certainty }: ViewActionsProps): void {
  const { session, project } = useProject();
  const latest = useLatest({
    open,
    save,
    changed,
    layout,
    certainty,
    mayWrite: hasRole(project.role, 'editor'),
  });
  const actions = useMemo<Action[]>(() => {
    return [
      ...toolNames.map(
        (tool): Action => ({
          id: `view.${tool}`,
          title: `view.open.${tool}`,
          section: 'view',
          ...tools[tool],
          ...(tool === 'layout' && { when: () => latest().layout }),
          run: () => latest().open(tool),
        }),
      ),
      {
        id: 'view.certainty',
        title: 'certainty.open',
        section: 'view',
        icon: Gauge,
        shortcut: ['Shift+c', '$mod+Shift+u'],
        when: () => latest().certainty !== undefined,
        run: () => latest().certainty?.(),
      },
      {
        id: 'view.save',
        title: 'view.save',
        section: 'view',
        icon: Save,
        shortcut: '$mod+s',
        when: () => latest().mayWrite,
        run: async () => {
          if (latest().changed) await latest().save();
          else toast({ id: 'view.save', title: t('view.asSaved') });
        },
      },
      ...editActions(session),
    ];
  }, [session, latest]);
  useActions(actions);
}
