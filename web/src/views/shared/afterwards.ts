import { MessageCircleQuestionMark } from 'lucide-react';
import type { Action } from '@/actions/types.ts';
import { t } from '@/lib/i18n.ts';
import type { ProjectSession } from '@/sync/project-session.ts';
import { toast } from '@/ui/Toast.tsx';

/** What a toast offers after an edit: to take it back, and to say why it was made. */
export function afterwards(session: ProjectSession, group: string): { undo: () => void; why: () => void } {
  return { undo: () => void session.undoGroup(group), why: () => void session.sayWhy(group) };
}

/** The command that says why the newest edit of this tab was made. */
export function whyAction(session: ProjectSession): Action {
  return {
    id: 'edit.why',
    title: 'view.why',
    section: 'edit',
    icon: MessageCircleQuestionMark,
    // In a grid letters begin an edit: the second keys work there too.
    shortcut: ['Shift+y', '$mod+Shift+y'],
    run: () => {
      const group = session.undoStack.newest();
      if (group === undefined) toast({ id: 'view.why', title: t('view.nothingToExplain') });
      else void session.sayWhy(group);
    },
  };
}
