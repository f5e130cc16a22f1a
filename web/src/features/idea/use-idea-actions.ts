import { Archive, ArchiveRestore, ArrowDown, ArrowUp, Link, Maximize2, Trash2, X } from 'lucide-react';
import { useMemo } from 'react';
import { useLocation } from 'wouter';
import { useActions } from '@/actions/react.tsx';
import type { Action } from '@/actions/types.ts';
import { t } from '@/lib/i18n.ts';
import { paths } from '@/lib/routes.ts';
import { hasRole } from '@/sync/facts.ts';
import { useProject } from '@/sync/project.tsx';
import { toast } from '@/ui/Toast.tsx';
import { afterwards } from '@/views/shared/afterwards.ts';

/** How one leaves the place of an open idea. */
export interface Leaving {
  /** Absent on the idea's own page. */
  onClose?: () => void;
  /** Goes to the next (1) or previous (-1) idea of the list; absent where there is no list. */
  onStep?: (by: 1 | -1) => void;
}

/** The open idea, as its commands need it. */
export interface OpenIdea extends Leaving {
  id: number;
  key: string;
  archived: boolean;
  full: boolean;
}

/** Copies a text; says so, or why not. */
export async function copyText(text: string, done: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
    toast({ title: done });
  } catch {
    // Browsers give the clipboard to secure pages only: then the text is shown to be copied by hand.
    toast({ title: t('idea.copyFailed'), description: text, tone: 'error' });
  }
}

/**
 * The commands that go on to another idea or close this one, while the caller is mounted. They are there before the idea
 * is: whoever pages fast through a list must not lose a key.
 */
export function useLeaveActions({ onClose, onStep }: Leaving): void {
  const actions = useMemo<Action[]>(
    () => [
      {
        id: 'idea.next',
        title: 'idea.action.next',
        section: 'idea',
        icon: ArrowDown,
        shortcut: 'j',
        when: () => onStep !== undefined,
        run: () => onStep?.(1),
      },
      {
        id: 'idea.previous',
        title: 'idea.action.previous',
        section: 'idea',
        icon: ArrowUp,
        shortcut: 'k',
        when: () => onStep !== undefined,
        run: () => onStep?.(-1),
      },
      {
        id: 'idea.close',
        title: 'idea.action.close',
        section: 'idea',
        icon: X,
        shortcut: 'Escape',
        when: () => onClose !== undefined,
        run: () => onClose?.(),
      },
    ],
    [onClose, onStep],
  );
  useActions(actions);
}

/** The commands of the open idea, while the caller is mounted. */
export function useIdeaActions(idea: OpenIdea): void {
  const { project, session } = useProject();
  const [, go] = useLocation();
  const { id, key, archived, onClose, full } = idea;
  const mayEdit = hasRole(project.role, 'editor');
  const mayDelete = hasRole(project.role, 'admin');
  const actions = useMemo<Action[]>(() => {
    const tellUndo = (title: string, group: string | undefined) => {
      if (group !== undefined) toast({ title, ...afterwards(session, group) });
    };
    return [
      {
        id: 'idea.copyLink',
        title: 'idea.action.copyLink',
        section: 'idea',
        icon: Link,
        shortcut: '$mod+Shift+c',
        run: () => copyText(new URL(paths.idea(key), location.href).href, t('idea.linkCopied', { key })),
      },
      {
        id: 'idea.full',
        title: 'idea.action.full',
        section: 'idea',
        icon: Maximize2,
        when: () => !full,
        run: () => go(paths.idea(key)),
      },
      {
        id: 'idea.archive',
        title: () => t(archived ? 'idea.action.unarchive' : 'idea.action.archive'),
        section: 'idea',
        icon: archived ? ArchiveRestore : Archive,
        when: () => mayEdit,
        run: async () => {
          const group = await session.setValues([{ id, ref: 'archived', value: !archived }]);
          tellUndo(t(archived ? 'idea.unarchived' : 'idea.archived', { key }), group);
        },
      },
      {
        id: 'idea.delete',
        title: 'idea.action.delete',
        section: 'idea',
        icon: Trash2,
        danger: true,
        when: () => mayDelete,
        run: async () => {
          const group = await session.remove([id]);
          if (group !== undefined) onClose?.();
          tellUndo(t('idea.deleted', { key }), group);
        },
      },
    ];
  }, [id, key, archived, onClose, full, mayEdit, mayDelete, session, go]);
  useActions(actions);
}
