import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { ApiError } from '@/api/error.ts';
import { t } from '@/lib/i18n.ts';
import { mayChangeView } from '@/sync/facts.ts';
import { useProject } from '@/sync/project.tsx';
import type { View } from '@/sync/types.ts';
import { useViewWriter } from '@/sync/use-views.ts';
import { toast, toastFailure } from '@/ui/Toast.tsx';
import { changesOf, type Draft, definitionOf } from './draft.ts';

/** Time without a change after which a view that saves by itself does, in ms. */
const pause = 700;

/** How the changes of a view are saved. */
export interface Saving {
  /** This person's changes may be saved for everybody. */
  mayWrite: boolean;
  /** They are, as they are made. */
  automatic: boolean;
  /** Somebody else saved the same part meanwhile, in words. */
  conflict: string | undefined;
  /** Saves the draft for everybody. */
  save: () => Promise<void>;
  /** Saves it over what somebody else saved meanwhile. */
  saveOver: () => Promise<void>;
}

/** Saves the draft as the view that everybody sees; what fails is said, and the draft stays. */
export function useSaving(view: View, draft: Draft): Saving {
  const { project } = useProject();
  const writer = useViewWriter();
  const [conflict, setConflict] = useState<string>();
  const base = useBase(view, draft.changed);
  const { savable, settle, changed } = draft;
  const mayWrite = mayChangeView(view, project.role);
  const automatic = view.autosave === true && mayWrite;

  const write = useCallback(
    async (version: number | undefined, quiet: boolean) => {
      try {
        const patch = changesOf(definitionOf(view), savable);
        settle(await writer.patch(view.id, { ...patch, version }));
        setConflict(undefined);
        if (!quiet)
          toast({
            title: t(project.access === 'private' ? 'view.savedPrivate' : 'view.saved', { name: view.name }),
          });
      } catch (error) {
        if (error instanceof ApiError && error.code === 'conflict') setConflict(error.message);
        else toastFailure(error);
      }
    },
    [view, savable, settle, writer, project.access],
  );
  const held = conflict !== undefined && changed;
  useEffect(() => {
    if (!automatic || !changed || held) return;
    const timer = setTimeout(() => void write(base, true), pause);
    return () => clearTimeout(timer);
  }, [automatic, changed, held, write, base]);
  return useMemo(
    () => ({
      mayWrite,
      automatic,
      conflict: held ? conflict : undefined,
      save: () => write(base, automatic),
      saveOver: () => write(undefined, automatic),
    }),
    [mayWrite, automatic, held, conflict, write, base],
  );
}

/** The version of the view that the present changes started from. */
function useBase(view: View, changed: boolean): number {
  const [base, setBase] = useState(view.version);
  const first = useRef(view.version);
  useEffect(() => {
    if (!changed) first.current = view.version;
    // oxlint-disable-next-line react/set-state-in-effect -- remembers what the draft began with
    setBase(first.current);
  }, [changed, view.version]);
  return base;
}
