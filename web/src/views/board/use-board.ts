import { useMemo, useState } from 'react';
import { t } from '@/lib/i18n.ts';
import { useLatest } from '@/lib/latest.ts';
import { newGroup } from '@/sync/calls.ts';
import { hasRole } from '@/sync/facts.ts';
import { useProject } from '@/sync/project.tsx';
import type { IdeaRow } from '@/sync/types.ts';
import { toast } from '@/ui/Toast.tsx';
import { afterwards } from '../shared/afterwards.ts';
import { canEnterGroups, valueInGroup } from '../shared/groups.ts';
import type { ViewProps } from '../types.ts';
import { type CardLook, lookOf, measuresOf } from './cards.ts';
import { type Drop, type Geometry, geometryOf } from './geometry.ts';
import { boardOf } from './layout.ts';
import { type BoardCell, type BoardColumn, type BoardModel, boardModel } from './model.ts';
import { type CellCards, cardsOf, type PendingMove } from './moves.ts';
import { type DropContext, type DropPlan, limitReason, type MovedCard, orderOf, planDrop } from './plan.ts';
import type { Place } from './use-visible.ts';

/** A card by the cell that it is in; the index finds it when it is not loaded. */
export interface ActiveCard {
  cell: string;
  index: number;
  id?: number;
}

/** Cards that are being moved and have not been dropped. */
export interface Lift {
  cards: readonly MovedCard[];
  by: 'pointer' | 'keys';
  /** Where they would go; null outside of the board. */
  drop: Drop | null;
  /** What dropping them there would do. */
  plan: DropPlan;
}

/** What is chosen on a board. */
export interface BoardState {
  active: ActiveCard | null;
  /** The cards that are selected, by idea. */
  selected: ReadonlyMap<number, MovedCard>;
  lift: Lift | null;
  /** The path of the cell in which an idea is being added. */
  adding: string | null;
}

/** Everything the parts of the board share. */
export interface Board {
  props: ViewProps;
  projectKey: string;
  model: BoardModel;
  look: CardLook;
  geometry: Geometry;
  cards: (column: number, lane: number) => CellCards;
  state: BoardState;
  setState: (next: (last: BoardState) => BoardState) => void;
  /** Where the active card is now. */
  place: Place | null;
  mayAdd: boolean;
  said: string;
  say: (text: string) => void;
  go: (place: Place | null) => void;
  /** Selects a card, or no longer. */
  toggle: (place: Place) => void;
  /** Selects the cards between two of one cell, or both of two cells. */
  extend: (from: Place, to: Place) => void;
  planFor: (cards: readonly MovedCard[], drop: Drop) => DropPlan;
  drop: (cards: readonly MovedCard[], drop: Drop) => void;
  /** Adds an idea at the end of a cell; resolves to whether it worked. */
  add: (cell: BoardCell, title: string) => Promise<boolean>;
}

const nothing: BoardState = { active: null, selected: new Map(), lift: null, adding: null };

/** The columns with the numbers that moves on their way make. */
function counted(model: BoardModel, cards: Board['cards'], moves: readonly PendingMove[]): BoardModel {
  if (moves.length === 0) return model;
  const columns = model.columns.map((column, at): BoardColumn => {
    const more = model.lanes.reduce(
      (sum, _lane, lane) => sum + cards(at, lane).length - model.cell(at, lane).length,
      0,
    );
    return more === 0 ? column : { ...column, count: column.count + more };
  });
  return { ...model, columns };
}

/** Where the active card is now; where it was, when it is nowhere. */
function resolve({ active }: BoardState, model: BoardModel, cards: Board['cards']): Place | null {
  if (!active) return null;
  const { id, index: last } = active;
  const cell = model.find(active.cell);
  const within = (column: number, lane: number): Place | undefined => {
    const index = id === undefined ? undefined : cards(column, lane).indexOf(id);
    return index === undefined ? undefined : { column, lane, index };
  };
  if (cell) {
    const { column, lane } = cell;
    if (id !== undefined && cards(column, lane).at(last).row?.id === id) return { column, lane, index: last };
    const there = within(column, lane);
    if (there) return there;
  }
  // It went to another cell, such as back by undo: it stays the active one.
  for (const [lane, { collapsed }] of model.lanes.entries())
    for (const [column, each] of model.columns.entries()) {
      const there = collapsed || each.collapsed ? undefined : within(column, lane);
      if (there) return there;
    }
  const length = cell ? cards(cell.column, cell.lane).length : 0;
  return cell && length > 0
    ? { column: cell.column, lane: cell.lane, index: Math.min(last, length - 1) }
    : null;
}

/** The board's state and what can be done with it. The functions stay the same between renders. */
export function useBoard(props: ViewProps): Board {
  const { definition, result } = props;
  const { field, project, session } = useProject();
  const [state, setState] = useState<BoardState>(nothing);
  const [said, say] = useState('');
  const [moves, setMoves] = useState<readonly PendingMove[]>([]);
  const { groups } = result.state;
  const { query } = definition;
  const layout = definition.layout?.board;
  const base = useMemo(
    () => boardModel({ groups, by: query.group ?? [], board: layout ?? {}, field }),
    [groups, query.group, layout, field],
  );
  const { window, state: answer } = result;
  const cards = useMemo(() => {
    // A new state means that rows may be others.
    const of = cardsOf({ row: window.row, loaded: window.loaded, as: answer }, moves);
    return (column: number, lane: number) => of(base.cell(column, lane));
  }, [base, window, moves, answer]);
  const model = useMemo(() => counted(base, cards, moves), [base, cards, moves]);
  const look = useMemo(
    () => lookOf({ columns: definition.columns, layout: definition.layout, query }, field),
    [definition.columns, definition.layout, query, field],
  );
  const mayAdd = hasRole(project.role, 'contributor');
  const geometry = useMemo(
    () =>
      geometryOf(model, measuresOf(look, boardOf({ layout: { board: layout } }).width), {
        cards,
        adding: mayAdd,
      }),
    [model, look, layout, cards, mayAdd],
  );
  const place = useMemo(() => resolve(state, model, cards), [state, model, cards]);
  const latest = useLatest({ model, cards, state, query, role: project.role, props, window });

  const stable = useMemo(() => {
    const context = (): DropContext => ({ ...latest(), overlay: session.overlay });
    const go = (next: Place | null) => {
      if (!next) return setState((last) => ({ ...last, active: null }));
      const { model: now, cards: at } = latest();
      const { path } = now.cell(next.column, next.lane);
      const id = at(next.column, next.lane).at(next.index).row?.id;
      setState((last) => ({ ...last, active: { cell: path, index: next.index, id } }));
    };
    const write = async (plan: DropPlan & { does: 'write' }, column: BoardColumn) => {
      const group = newGroup();
      const [first] = plan.shown;
      setMoves((last) => [...last, ...plan.shown.map((shown) => ({ ...shown, group }))]);
      if (first)
        setState((last) => ({
          ...last,
          selected: new Map(),
          active: { cell: first.to, index: 0, id: first.row.id },
        }));
      const n = plan.ids.length;
      const title = t('board.moved', { n, column: column.label });
      // It is shown and said at once; only a refusal is said afterwards.
      say(title);
      const done = await session.move(plan);
      if (done === undefined) say(t('board.wentBack'));
      else {
        toast({ title, ...afterwards(session, done) });
        await latest().window.settled();
      }
      setMoves((last) => last.filter((move) => move.group !== group));
    };
    return {
      go,
      planFor: (moved: readonly MovedCard[], drop: Drop) => planDrop(context(), moved, drop),
      drop: (moved: readonly MovedCard[], drop: Drop) => {
        const { model: now, props: shown } = latest();
        const column = now.columns[drop.column];
        const plan = planDrop(context(), moved, drop);
        setState((last) => ({ ...last, lift: null }));
        if (plan.does === 'write' && column) void write(plan, column);
        else if (plan.does === 'sorted') tellSorted(shown, say, field);
        else if (plan.does === 'refuse') {
          say(plan.reason);
          toast({ id: 'board.refused', title: plan.reason, tone: 'error' });
        } else say(t('board.inPlace'));
      },
      toggle: (at: Place) => {
        const { model: now, cards: of } = latest();
        const { row } = of(at.column, at.lane).at(at.index);
        if (!row) return;
        const from = now.cell(at.column, at.lane).path;
        setState((last) => {
          const selected = new Map(last.selected);
          if (!selected.delete(row.id)) selected.set(row.id, { row, from });
          return { ...last, selected };
        });
      },
      extend: (from: Place, to: Place) => {
        const { model: now, cards: of } = latest();
        const same = from.column === to.column && from.lane === to.lane;
        const [low, high] = [Math.min(from.index, to.index), Math.max(from.index, to.index)];
        const places = same
          ? Array.from({ length: high - low + 1 }, (_, at) => ({ ...to, index: low + at }))
          : [from, to];
        const added = places.flatMap((at): [number, MovedCard][] => {
          const { row } = of(at.column, at.lane).at(at.index);
          return row ? [[row.id, { row, from: now.cell(at.column, at.lane).path }]] : [];
        });
        setState((last) => ({ ...last, selected: new Map([...last.selected, ...added]) }));
      },
      add: async (cell: BoardCell, title: string) => {
        const { model: now } = latest();
        const column = now.columns[cell.column];
        const full = column && limitReason(column, 1);
        if (full !== undefined) {
          toast({ id: 'board.refused', title: full, tone: 'error' });
          return false;
        }
        const keys = [column?.key ?? null, now.lanes[cell.lane]?.key ?? null];
        const values: Record<string, unknown> = {};
        now.groupings.forEach((grouping, at) => {
          const key = keys[at] ?? null;
          if (canEnterGroups(grouping.field) && key !== null)
            values[grouping.field.ref] = valueInGroup(grouping, key);
        });
        const idea = await session.add({ title, values });
        if (idea) say(t('list.added', { key: idea.key }));
        return idea !== undefined;
      },
    };
  }, [session, latest, field]);
  return {
    props,
    projectKey: project.key,
    model,
    look,
    geometry,
    cards,
    state,
    setState,
    place,
    mayAdd,
    said,
    say,
    ...stable,
  };
}

/** The cards that are moved with one: the selection as it stands on the board, or it alone. */
export function movedWith(
  { state, model, cards, props }: Pick<Board, 'state' | 'model' | 'cards' | 'props'>,
  row: IdeaRow,
  from: string,
): MovedCard[] {
  if (!state.selected.has(row.id)) return [{ row, from }];
  let places: ReturnType<typeof placesOf> | undefined;
  // Columns from the left, lanes and cards from above.
  const placed = [...state.selected.values()].map((card) => {
    const last = model.find(card.from);
    const index = last && cards(last.column, last.lane).indexOf(card.row.id);
    places ??= index === undefined ? placesOf({ model, props }) : undefined;
    const now = last && index !== undefined ? { ...last, index } : places?.(card.row.id);
    if (!now) return { card, cell: last, index: 0 };
    const cell = model.cell(now.column, now.lane);
    const { row: known = card.row } = cards(now.column, now.lane).at(now.index);
    return { card: { row: known, from: cell.path }, cell, index: now.index };
  });
  placed.sort(
    (a, b) =>
      (a.cell?.column ?? 0) - (b.cell?.column ?? 0) ||
      (a.cell?.lane ?? 0) - (b.cell?.lane ?? 0) ||
      a.index - b.index,
  );
  return placed.map(({ card }) => card);
}

/** Where each loaded card stands: a change of values may have taken it out of the cell in which it was selected. */
function placesOf({ model, props }: Pick<Board, 'model' | 'props'>): (id: number) => Place | undefined {
  const positions = new Map(props.result.window.loaded().map(({ row, position }) => [row.id, position]));
  const cells = model.columns.flatMap((_, column) =>
    model.lanes.map((_lane, lane) => model.cell(column, lane)),
  );
  return (id) => {
    const position = positions.get(id) ?? -1;
    const cell = cells.find(({ offset, length }) => position >= offset && position < offset + length);
    return cell && { column: cell.column, lane: cell.lane, index: position - cell.offset };
  };
}

/** Says why a card cannot be ranked here, and offers to go over to the order by hand. */
function tellSorted(
  { definition, onChange }: ViewProps,
  say: (text: string) => void,
  field: ReturnType<typeof useProject>['field'],
): void {
  const { query } = definition;
  const sorted = query.sort?.[0];
  const title =
    orderOf(query) === 'searched'
      ? t('board.searched')
      : t('board.sorted', { field: field(sorted?.field ?? '')?.name ?? sorted?.field ?? '' });
  say(title);
  toast({
    id: 'board.sorted',
    title,
    description: t('list.sortedHow'),
    action: sorted && {
      label: t('board.manual'),
      onClick: () => onChange({ query: { ...query, sort: [] } }),
    },
  });
}
