import { Redo2, Undo2 } from 'lucide-react';
import { useEffect, useMemo } from 'react';
import { useActions } from '@/actions/react.tsx';
import type { Action } from '@/actions/types.ts';
import { t } from '@/lib/i18n.ts';
import { useStore } from '@/lib/store.ts';
import { useProject } from '@/sync/project.tsx';
import { toast } from '@/ui/Toast.tsx';
import { whyAction } from './afterwards.ts';

/** Undo and redo, and word of edits that the server refused, where there is no view that does it. */
export function Edits() {
  const { session } = useProject();
  const failure = useStore(session.failure);
  useEffect(() => {
    if (!failure) return;
    session.failure.set(null);
    toast({
      title: failure.error.message,
      tone: 'error',
      action: { label: t('shell.crash.retry'), onClick: failure.retry },
    });
  }, [failure, session]);
  const actions = useMemo<Action[]>(() => {
    const tell = async (what: Promise<boolean>, done: string, nothing: string) => {
      toast({ id: 'edit.undo', title: (await what) ? done : nothing });
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
  }, [session]);
  useActions(actions);
  return null;
}
