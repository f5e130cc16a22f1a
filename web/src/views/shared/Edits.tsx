import { useEffect, useMemo } from 'react';
import { useActions } from '@/actions/react.tsx';
import { t } from '@/lib/i18n.ts';
import { useStore } from '@/lib/store.ts';
import { useProject } from '@/sync/project.tsx';
import { toast } from '@/ui/Toast.tsx';
import { editActions } from './edit-actions.ts';

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
  const actions = useMemo(() => editActions(session), [session]);
  useActions(actions);
  return null;
}
