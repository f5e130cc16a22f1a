import { useEffect, useMemo, useRef, useState } from 'react';
import type { Move } from '@/fields/types.ts';
import { t } from '@/lib/i18n.ts';
import { useLatest } from '@/lib/latest.ts';
import { lockReason } from '@/sync/facts.ts';
import { useProject } from '@/sync/project.tsx';
import { sameValue } from '@/sync/rows.ts';
import type { CellValue, FieldInfo, IdeaRow } from '@/sync/types.ts';
import { toast } from '@/ui/Toast.tsx';
import { afterwards } from '../shared/afterwards.ts';
import type { Plan } from '../shared/sheet/plan.ts';
import {
  clampPlace,
  type GridState,
  goTo,
  nothing,
  type Place,
  placeAfterEdit,
  tickAt,
} from '../shared/sheet/selection.ts';
import type { ViewProps } from '../types.ts';
import { columnsOf, type GridColumn } from './columns.ts';
import { type Cells, cellsOf } from './edits.ts';
import { type Item, type Layout, layoutOf } from './layout.ts';

/** Everything the parts of the grid share. */
export interface Grid {
  props: ViewProps;
  state: GridState;
  setState: (next: (last: GridState) => GridState) => void;
  columns: readonly GridColumn[];
  layout: Layout;
  cells: Cells;
  collapsed: ReadonlySet<string>;
  toggleGroup: (path: string) => void;
  /** What the live region says. */
  said: string;
  say: (text: string) => void;
  go: (place: Place, how?: 'move' | 'extend') => void;
  edit: (typed?: string) => void;
  commit: (row: IdeaRow, field: FieldInfo, value: CellValue, move: Move) => void;
  cancel: () => void;
  tick: (item: number, extend: boolean) => void;
  /** Writes what a plan says, tells how it went, offers to undo. */
  run: (plan: Plan, done: (n: number) => string) => void;
}

/** Names a line so that it can be found again after the result has changed. */
function nameOf(item: Item | undefined, row: IdeaRow | undefined): string | undefined {
  if (!item) return undefined;
  return item.kind === 'row' ? row && `row ${item.path} ${row.id}` : `${item.kind} ${item.path}`;
}

/** The grid's state and what can be done with it. The functions stay the same between renders. */
export function useGrid(props: ViewProps): Grid {
  const { definition, result } = props;
  const { field, project, people, me, session } = useProject();
  const [state, setState] = useState<GridState>(nothing);
  const [said, say] = useState('');
  const [collapsed, setCollapsed] = useState<ReadonlySet<string>>(new Set());
  const columns = useMemo(() => columnsOf(definition, field), [definition, field]);
  const adding = lockReason({ ...titleLike, openToContributors: true }, project.role) === undefined;
  const { length, groups } = result.state;
  const layout = useMemo(
    () => layoutOf({ length, groups, collapsed, adding }),
    [length, groups, collapsed, adding],
  );
  const cells = cellsOf({
    columns,
    layout,
    window: result.window,
    session,
    projectKey: project.key,
    role: project.role,
    codec: {
      people,
      me,
      // Read when something is copied or pasted: rows bring along what they point at.
      get ideas() {
        return session.mentions.state.get();
      },
    },
  });
  const latest = useLatest({ cells, state });
  useFollowedLine({ state, setState, cells, change: result.state });

  const stable = useMemo(() => {
    const go = (place: Place, how: 'move' | 'extend' = 'move') => {
      const { layout: lines, columns: shown } = latest().cells;
      const fitting = clampPlace(place, { items: lines.count, columns: shown.length, page: 1 });
      setState((last) => goTo(last, fitting, how));
    };
    const run = (plan: Plan, done: (n: number) => string) => {
      const refusal = plan.reason && t('list.refused', { n: plan.refused, reason: plan.reason });
      if (plan.values.length === 0) {
        if (refusal) toast({ title: refusal, tone: 'error' });
        return;
      }
      void session.setValues(plan.values).then((group) => {
        if (group === undefined) return;
        const title = done(plan.values.length);
        say(refusal ? `${title}. ${refusal}` : title);
        toast({ title, description: refusal, ...afterwards(session, group) });
      });
    };
    return {
      go,
      run,
      edit: (typed?: string) =>
        setState((last) => (last.active ? { ...last, anchor: null, editing: { typed } } : last)),
      cancel: () => setState((last) => ({ ...last, editing: null })),
      commit: (row: IdeaRow, target: FieldInfo, value: CellValue, move: Move) => {
        const { cells: now, state: at } = latest();
        setState((last) => ({ ...last, editing: null }));
        const emptyTitle = target.ref === 'title' && (value === null || value === '');
        if (!emptyTitle && !sameValue(now.value(row, target), value))
          void session.setValues([{ id: row.id, ref: target.ref, value }]);
        if (at.active && move !== 'stay') go(placeAfterEdit(at.active, move));
      },
      tick: (item: number, extend: boolean) => {
        const { cells: now } = latest();
        setState((last) => tickAt(last, item, extend, (line) => now.rowAt(line)?.id));
      },
      toggleGroup: (path: string) =>
        setCollapsed((last) => {
          const next = new Set(last);
          if (!next.delete(path)) next.add(path);
          return next;
        }),
    };
  }, [session, latest]);
  return { props, state, setState, columns, layout, cells, collapsed, said, say, ...stable };
}

/** A stand-in for "adding an idea", which contributors may. */
const titleLike: FieldInfo = { ref: 'title', name: '', type: 'short_text', options: [], position: 0 };

interface Followed {
  state: GridState;
  setState: (next: (last: GridState) => GridState) => void;
  cells: Cells;
  /** Changes when rows may have moved. */
  change: unknown;
}

/** Keeps the active cell on its idea when rows move because of a change. */
function useFollowedLine({ state, setState, cells, change }: Followed): void {
  const now = useLatest(cells);
  const { layout: lines } = cells;
  const name = useRef<string>(undefined);
  const known = useRef<Place | null>(null);
  const active = state.active;
  // biome-ignore lint/correctness/useExhaustiveDependencies: runs when the place or the rows have changed
  useEffect(() => {
    if (!active) return;
    const { layout, window } = now();
    const nameAt = (index: number) => nameOf(layout.at(index), now().rowAt(index));
    if (known.current !== active) {
      // Somebody went there: from now on this is the line to follow.
      known.current = active;
      name.current = nameAt(active.item);
      return;
    }
    if (name.current === undefined) name.current = nameAt(active.item);
    if (nameAt(active.item) === name.current || name.current === undefined) return;
    const found = name.current.startsWith('row')
      ? window
          .loaded()
          .map(({ position }) => layout.indexOf(position))
          .find((index) => index !== undefined && nameAt(index) === name.current)
      : findLine(layout, name.current);
    const item = found ?? Math.min(active.item, Math.max(0, layout.count - 1));
    if (found === undefined) name.current = nameAt(item);
    if (item === active.item) return;
    known.current = { ...active, item };
    const moved = known.current;
    setState((last) => ({ ...last, active: moved, anchor: null }));
  }, [active, change, lines, now, setState]);
}

/** The place of a heading or adding line by its name. */
function findLine(layout: Layout, name: string): number | undefined {
  for (let index = layout.count - 1; index >= 0; index -= 1) {
    const item = layout.at(index);
    if (item && item.kind !== 'row' && nameOf(item, undefined) === name) return index;
    // Rows in between are skipped as a whole: their first line tells where they begin.
    if (item?.kind === 'row') index = firstOfRun(layout, index);
  }
  return undefined;
}

function firstOfRun(layout: Layout, index: number): number {
  const item = layout.at(index);
  if (item?.kind !== 'row') return index;
  let low = 0;
  let high = index;
  while (low < high) {
    const middle = (low + high) >> 1;
    const between = layout.at(middle);
    const inRun = between?.kind === 'row' && between.path === item.path;
    if (inRun) high = middle;
    else low = middle + 1;
  }
  return low;
}
