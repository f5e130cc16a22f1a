import { Redo2, Undo2 } from 'lucide-react';
import type { Action } from '@/actions/types.ts';
import { formatList } from '@/lib/format.ts';
import { t } from '@/lib/i18n.ts';
import type { Taken } from '@/sync/history.ts';
import type { ProjectSession } from '@/sync/project-session.ts';
import { editToast, toast } from '@/ui/Toast.tsx';
import { whyAction } from './afterwards.ts';

/** Undo and redo of this tab's edits, and saying why of the last. */
export function editActions(session: ProjectSession): Action[] {
  const tell = async (move: Promise<Taken | undefined>, done: string, nothing: string) => {
    const taken = await move;
    const title = taken?.what
      ? t('view.movedBack', { done, what: formatList(taken.what) })
      : taken
        ? done
        : nothing;
    toast({ id: editToast, title });
  };
  return [
    {
      id: 'edit.undo',
      title: 'view.undo',
      section: 'edit',
      icon: Undo2,
      shortcut: '$mod+z',
      run: () => tell(session.undo(), t('view.undone'), t('view.nothingToUndo')),
    },
    {
      id: 'edit.redo',
      title: 'view.redo',
      section: 'edit',
      icon: Redo2,
      shortcut: ['$mod+Shift+z', '$mod+y'],
      run: () => tell(session.redo(), t('view.redone'), t('view.nothingToRedo')),
    },
    whyAction(session),
  ];
}
