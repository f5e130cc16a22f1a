import { useEffect, useMemo, useRef, useState } from 'react';
import type { Move } from '@/fields/types.ts';
import { t } from '@/lib/i18n.ts';
import { useLatest } from '@/lib/latest.ts';
import type { Customer } from '@/sync/customers.ts';
import { useProject } from '@/sync/project.tsx';
import { sameValue } from '@/sync/rows.ts';
import type { CellValue } from '@/sync/types.ts';
import { toast } from '@/ui/Toast.tsx';
import { afterwards } from '@/views/shared/afterwards.ts';
import type { Plan, Sheet } from '@/views/shared/sheet/plan.ts';
import {
  clampPlace,
  type GridState,
  goTo,
  nothing,
  type Place,
  placeAfterEdit,
  tickAt,
} from '@/views/shared/sheet/selection.ts';
import { type Column, refusalOf } from './columns.ts';
import { type Cells, useCells } from './use-cells.ts';
import type { CustomerRows } from './use-customer-rows.ts';

/** Everything the parts of the grid of customers share. */
export interface CustomerGrid {
  state: GridState;
  setState: (next: (last: GridState) => GridState) => void;
  sheet: Sheet<Customer>;
  rows: CustomerRows;
  cells: Cells;
  /** What the live region says. */
  said: string;
  say: (text: string) => void;
  go: (place: Place, how?: 'move' | 'extend') => void;
  edit: (typed?: string) => void;
  commit: (customer: Customer, column: Column, value: CellValue, move: Move) => void;
  cancel: () => void;
  tick: (item: number, extend: boolean) => void;
  /** Writes what a plan says, tells how it went, offers to undo. */
  run: (plan: Plan, done: (n: number) => string) => void;
}

/** The state as far as it fits what is there: rows may have gone. */
function within(state: GridState, { items, columns }: { items: number; columns: number }): GridState {
  const { active } = state;
  if (!active || (active.item < items && active.column < columns)) return state;
  const place = clampPlace(active, { items, columns, page: 1 });
  return { ...state, active: items > 0 ? place : null, anchor: null, editing: null };
}

/** Keeps the active cell on its customer when rows move because of a change. */
function useFollowed(
  { active }: GridState,
  rows: CustomerRows,
  setState: (next: (last: GridState) => GridState) => void,
): void {
  const latest = useLatest(rows);
  const known = useRef<{ place: Place | null; id?: number }>({ place: null });
  // biome-ignore lint/correctness/useExhaustiveDependencies: runs when the place or the rows have changed
  useEffect(() => {
    const id = active ? latest().at(active.item)?.id : undefined;
    const { place, id: followed } = known.current;
    if (!active || place !== active || followed === undefined) {
      // Somebody went there: from now on this is the one to follow.
      known.current = { place: active, id };
      return;
    }
    const item = id === undefined || id === followed ? undefined : latest().indexOf(followed);
    if (item === undefined) return;
    const moved = { ...active, item };
    known.current = { place: moved, id: followed };
    setState((last) => ({ ...last, active: moved, anchor: null }));
  }, [active, rows.stamp, latest, setState]);
}

/** The grid's state and what can be done with it. */
export function useCustomerGrid(rows: CustomerRows, columns: readonly Column[], count: number): CustomerGrid {
  const { people, me, session } = useProject();
  const [kept, setState] = useState<GridState>(nothing);
  const state = within(kept, { items: count, columns: columns.length });
  useFollowed(state, rows, setState);
  const [said, say] = useState('');
  const cells = useCells();
  const sheet: Sheet<Customer> = {
    columns,
    count,
    codec: { people, me },
    isRow: (item) => item >= 0 && item < count,
    rowAt: rows.at,
    value: (customer, field) => {
      const column = columns.find((each) => each.field.ref === field.ref);
      return column ? cells.value(customer, column) : null;
    },
    refusal: (customer, field, value) => {
      const column = columns.find((each) => each.field.ref === field.ref);
      return column && refusalOf(column, customer, value);
    },
  };
  const latest = useLatest({ sheet, state, columns, cells });
  const stable = useMemo(() => {
    const go = (place: Place, how: 'move' | 'extend' = 'move') => {
      const { sheet: now } = latest();
      const fitting = clampPlace(place, { items: now.count, columns: now.columns.length, page: 1 });
      setState((last) => goTo(last, fitting, how));
    };
    const tell = (
      title: string,
      { refused, reason }: { refused: number; reason?: string },
      group: string,
    ) => {
      const refusal = reason && t('list.refused', { n: refused, reason });
      say(refusal ? `${title}. ${refusal}` : title);
      toast({ title, description: refusal, ...afterwards(session, group) });
    };
    return {
      go,
      run: (plan: Plan, done: (n: number) => string) => {
        const { cells: now, columns: shown } = latest();
        if (plan.values.length === 0) {
          if (plan.reason)
            toast({ title: t('list.refused', { n: plan.refused, reason: plan.reason }), tone: 'error' });
          return;
        }
        void now.set(plan.values, shown).then((written) => {
          if (!written) return;
          const refused = plan.refused + written.refused;
          tell(done(plan.values.length), { refused, reason: plan.reason ?? written.reason }, written.group);
        });
      },
      edit: (typed?: string) =>
        setState((last) => (last.active ? { ...last, anchor: null, editing: { typed } } : last)),
      cancel: () => setState((last) => ({ ...last, editing: null })),
      commit: (customer: Customer, column: Column, value: CellValue, move: Move) => {
        const { cells: now, columns: shown, state: at } = latest();
        setState((last) => ({ ...last, editing: null }));
        const refusal = refusalOf(column, customer, value);
        if (refusal !== undefined) toast({ title: refusal, tone: 'error' });
        else if (!sameValue(now.value(customer, column), value))
          void now.set([{ id: customer.id, ref: column.field.ref, value }], shown);
        if (at.active && move !== 'stay') go(placeAfterEdit(at.active, move));
      },
      tick: (item: number, extend: boolean) => {
        const { sheet: now } = latest();
        setState((last) => tickAt(last, item, extend, (line) => now.rowAt(line)?.id));
      },
    };
  }, [session, latest]);
  return { state, setState, sheet, rows, cells, said, say, ...stable };
}
