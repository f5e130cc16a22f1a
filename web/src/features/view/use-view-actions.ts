import { Redo2, Undo2 } from 'lucide-react';
import { useMemo } from 'react';
import { useActions } from '@/actions/react.tsx';
import type { Action } from '@/actions/types.ts';
import { t } from '@/lib/i18n.ts';
import { useProject } from '@/sync/project.tsx';
import { toast } from '@/ui/Toast.tsx';

/** The commands to undo and redo this tab's edits of the project. */
export function useViewActions(): void {
  const { session } = useProject();
  const actions = useMemo<Action[]>(() => {
    const tell = async (what: Promise<boolean>, done: string, nothing: string) => {
      toast({ id: 'view.undo', title: (await what) ? done : nothing });
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
    ];
  }, [session]);
  useActions(actions);
}
