import { type RefObject, useCallback, useEffect, useRef, useState } from 'react';
import { addDays, addMonths, formatDay, today } from '@/lib/days.ts';
import { t } from '@/lib/i18n.ts';
import { type Insight, type InsightWriter, useInsightWriter } from '@/sync/insights.ts';
import { useProject } from '@/sync/project.tsx';
import { toast, toastFailure } from '@/ui/Toast.tsx';

/** How long an insight can be parked. */
export const parkings = ['week', 'month', 'quarter'] as const;
/** One of parkings. */
export type Parking = (typeof parkings)[number];

/** The day on which a parked insight comes back. */
export function parkDay(parking: Parking, from = today()) {
  if (parking === 'week') return addDays(from, 7);
  return addMonths(from, parking === 'month' ? 1 : 3);
}

/** What can be done with the insight at hand; each is one step for undo. */
export interface Triage {
  link: (idea: number, key: string, quote?: string) => void;
  promote: () => void;
  merge: (whole: { id: number; title: string }) => void;
  park: (parking: Parking) => void;
  dismiss: (reason: string) => void;
  restore: () => void;
}

/** Does things with an insight, says so, and takes them back. `onDone` is called when it leaves its place. */
export function useTriage(insight: Insight | undefined, onDone: () => void): Triage {
  const { session } = useProject();
  const writer = useInsightWriter();
  const step = useCallback(
    async (write: (writer: InsightWriter, insight: Insight) => Promise<string>, title: string) => {
      if (!insight) return;
      onDone();
      try {
        const group = await write(writer, insight);
        toast({ title, undo: () => void session.undoGroup(group) });
      } catch (error) {
        toastFailure(error);
      }
    },
    [insight, writer, session, onDone],
  );
  return {
    link: (idea, key, quote) =>
      void step((w, { id }) => w.link(id, idea, quote), t('insights.linked', { key })),
    promote: () => void step((w, one) => w.promote(one, one.title), t('insights.made')),
    merge: (whole) =>
      void step((w, { id }) => w.merge(id, whole.id), t('insights.merged', { title: whole.title })),
    park: (parking) => {
      const day = parkDay(parking);
      const text = t('insights.parked', { date: formatDay(day) });
      void step((w, { id }) => w.update(id, { parkedUntil: day }), text);
    },
    dismiss: (reason) =>
      void step((w, { id }) => w.update(id, { dismissed: reason }), t('insights.dismissed')),
    restore: () =>
      void step((w, { id }) => w.update(id, { dismissed: '', parkedUntil: '' }), t('insights.restored')),
  };
}

/** The time that a key chooses while one is asked for how long to park: 1 to 3, or Enter for the first. */
export function parkingOf({ key }: KeyboardEvent): Parking | undefined {
  const onItem = document.activeElement?.matches('[role="menuitem"]');
  if (key === 'Enter') return onItem ? undefined : parkings[0];
  return /^[1-3]$/.test(key) ? parkings[Number(key) - 1] : undefined;
}

/**
 * Hears keys that are pressed outside of texts and dialogs, in menus only while `inMenu`; return true for those that
 * were meant.
 */
export function useTriageKeys(handle: (event: KeyboardEvent) => boolean, inMenu: boolean): void {
  const latest = useRef({ handle, inMenu });
  useEffect(() => {
    latest.current = { handle, inMenu };
  });
  useEffect(() => {
    const listener = (event: KeyboardEvent) => {
      const at = event.target instanceof Element ? event.target : null;
      if (event.defaultPrevented || event.altKey || event.isComposing) return;
      if (at?.closest('input, textarea, select, [contenteditable]')) return;
      if (!latest.current.inMenu && document.querySelector('[data-hotkeys="off"], [role="menu"]')) return;
      if (latest.current.handle(event)) {
        event.preventDefault();
        event.stopPropagation();
      }
    };
    // Before the shortcuts of the whole app.
    window.addEventListener('keydown', listener, true);
    return () => window.removeEventListener('keydown', listener, true);
  }, []);
}

/** The text that is selected within an element, wholly; "" for none. */
export function useSelectedText(within: RefObject<HTMLElement | null>): string {
  const [text, setText] = useState('');
  useEffect(() => {
    const heard = () => {
      const selection = document.getSelection();
      const ends = [selection?.anchorNode, selection?.focusNode];
      const inside = ends.every((end) => end && within.current?.contains(end));
      setText(inside && selection ? selection.toString().trim() : '');
    };
    document.addEventListener('selectionchange', heard);
    return () => document.removeEventListener('selectionchange', heard);
  }, [within]);
  return text;
}

/** Shows an insight again that left the list and comes back, as by undo. Returns how to say that one is about to leave. */
export function useReturning(insights: readonly Insight[], show: (id: number) => void): (id: number) => void {
  const left = useRef(new Map<number, boolean>()); // whether it is gone by now
  useEffect(() => {
    const there = new Set(insights.map(({ id }) => id));
    for (const [id, gone] of left.current) {
      if (!there.has(id)) left.current.set(id, true);
      else if (gone) {
        left.current.delete(id);
        show(id);
      }
    }
  }, [insights, show]);
  return useCallback((id) => void left.current.set(id, false), []);
}
