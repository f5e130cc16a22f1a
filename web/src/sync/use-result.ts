import { useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import { useLatest } from '@/lib/latest.ts';
import { useStore } from '@/lib/store.ts';
import { queryIdeas } from './calls.ts';
import { takeFirstResult } from './first.ts';
import { useProject } from './project.tsx';
import { createResultWindow, type ResultState, type ResultWindow, type Span } from './result.ts';
import { type CellValue, type ColorRule, derivedTypeNames, type Query, type Ref } from './types.ts';

/** A view's result as it is shown. */
export interface ViewResult {
  window: ResultWindow;
  state: ResultState;
  /** Tells results apart whose rows stand in another order, so that scrolling begins anew. */
  orderKey: string;
  /** Another result was asked for and this one stays until it is there. */
  pending: boolean;
}

/** What to show of which ideas. */
export interface ResultQuestion {
  query: Query;
  columns: readonly Ref[];
  colors?: readonly ColorRule[];
  colorBy?: Ref;
  /** Every idea is wanted, not the part that is visible. */
  whole?: boolean;
}

/** The query without what only adds to the answer: two with the same order give the same rows at the same places. */
export function orderKeyOf({ rollups: _rollups, ...order }: Query): string {
  return JSON.stringify(order);
}

interface Shown {
  window: ResultWindow;
  key: string;
  orderKey: string;
  visible: { spans: readonly Span[] };
}

/** Rows that a first screen shows at most. */
const firstScreen: Span = { first: 0, last: 60 };

/**
 * The result of a query over the project around the caller, kept in step with what everybody does. The last result
 * stays until the next one has arrived, so that nothing flickers.
 */
export function useViewResult({
  query,
  columns,
  colors = [],
  colorBy,
  whole = false,
}: ResultQuestion): ViewResult {
  const { session, field, at } = useProject();
  const fieldOf = useLatest(field);
  const key = JSON.stringify([query, columns, colors, colorBy, whole]);
  const question = useLatest({ query, columns, colors, colorBy, whole });

  const make = useMemo(
    () => (): Shown => {
      const { whole: every, ...asked } = question();
      let shape: string | undefined;
      const first = every || at ? undefined : takeFirstResult(session.key, asked);
      session.mentions.add(first?.ideas);
      const window = createResultWindow({
        whole: every,
        fetch: async (offset, limit, signal) => {
          const answer = await queryIdeas(session.key, { ...asked, offset, limit, shape, at }, signal);
          shape = answer.tree?.shape;
          session.mentions.add(answer.ideas);
          return answer;
        },
        first,
        derived: (ref) => derivedTypeNames.includes(fieldOf()(ref)?.type ?? ''),
      });
      const visible: Shown['visible'] = { spans: [firstScreen] };
      const show = window.show;
      window.show = (...spans) => {
        visible.spans = spans;
        show(...spans);
      };
      return {
        window,
        key: JSON.stringify([asked.query, asked.columns, asked.colors, asked.colorBy, every]),
        orderKey: orderKeyOf(asked.query),
        visible,
      };
    },
    [session, question, fieldOf, at],
  );
  const [shown, setShown] = useState<Shown>(make);

  // What was does not change with what others do now.
  const hearing = useMemo(() => (at ? new Set<ResultWindow>() : session.windows), [session, at]);
  // A new question opens a second window; it takes the place of the first when it has something to show.
  useEffect(() => {
    if (shown.key === key) {
      hearing.add(shown.window);
      shown.window.show(...shown.visible.spans);
      return () => {
        hearing.delete(shown.window);
      };
    }
    const next = make();
    hearing.add(next.window);
    hearing.add(shown.window);
    const same = next.orderKey === shown.orderKey;
    next.window.show(...(same ? shown.visible.spans : [firstScreen]));
    let taken = false;
    const stop = next.window.state.subscribe(() => {
      if (taken || next.window.state.get().status === 'loading') return;
      taken = true;
      shown.window.close();
      setShown(next);
    });
    return () => {
      stop();
      if (!taken) next.window.close();
      hearing.delete(next.window);
      hearing.delete(shown.window);
    };
  }, [hearing, shown, key, make]);
  useLatestClosed(shown.window);

  const state = useStore(shown.window.state);
  return { window: shown.window, state, orderKey: shown.orderKey, pending: shown.key !== key };
}

/** The values of an idea that were set here and are not yet confirmed; undefined when there are none. */
export function usePending(id: number | undefined): Readonly<Record<Ref, CellValue>> | undefined {
  const { overlay } = useProject().session;
  return useSyncExternalStore(overlay.subscribe, () => (id === undefined ? undefined : overlay.of(id)));
}

/** Ends the requests of the window that was shown last when the caller goes. */
function useLatestClosed(window: ResultWindow): void {
  const latest = useLatest(window);
  useEffect(() => () => latest().close(), [latest]);
}
