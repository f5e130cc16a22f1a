import type { Move } from '@/fields/types.ts';

/** A place in the grid: a line and a column (0 is the title). */
export interface Place {
  item: number;
  column: number;
}

/** What is chosen in a grid. */
export interface GridState {
  /** Where the keyboard is; null before the first click or key. */
  active: Place | null;
  /** The other corner of a range of cells. */
  anchor: Place | null;
  /** The active cell is being edited; `typed` began it. */
  editing: { typed?: string } | null;
  /** Ideas that are ticked. */
  selected: ReadonlySet<number>;
  /** All that the query finds are selected, loaded or not. */
  all: boolean;
  /** The line that was ticked last, where a Shift click goes on from. */
  lastTicked: number | null;
}

/** Nothing chosen. */
export const nothing: GridState = {
  active: null,
  anchor: null,
  editing: null,
  selected: new Set(),
  all: false,
  lastTicked: null,
};

/** A rectangle of cells, all edges included. */
export interface Range {
  top: number;
  bottom: number;
  left: number;
  right: number;
}

/** The chosen cells: the range, or the active cell alone. */
export function rangeOf({ active, anchor }: Pick<GridState, 'active' | 'anchor'>): Range | null {
  if (!active) return null;
  const other = anchor ?? active;
  return {
    top: Math.min(active.item, other.item),
    bottom: Math.max(active.item, other.item),
    left: Math.min(active.column, other.column),
    right: Math.max(active.column, other.column),
  };
}

/** The size of a grid. */
export interface Extent {
  items: number;
  columns: number;
  /** Lines that a page has. */
  page: number;
}

/** Keeps a place within the grid. */
export function clampPlace(place: Place, { items, columns }: Extent): Place {
  return {
    item: Math.max(0, Math.min(items - 1, place.item)),
    column: Math.max(0, Math.min(columns - 1, place.column)),
  };
}

const steps: Record<Move, [item: number, column: number]> = {
  down: [1, 0],
  up: [-1, 0],
  right: [0, 1],
  left: [0, -1],
  stay: [0, 0],
};

/** The place to which one goes on from another after an edit. */
export function placeAfterEdit({ item, column }: Place, move: Move): Place {
  const [down, right] = steps[move];
  return { item: item + down, column: column + right };
}

/** What a key that moves says. */
export interface MoveKey {
  key: string;
  mod: boolean;
  shift: boolean;
}

/** Where a key leads from a place; undefined for keys that do not move. Shift is the caller's: it extends. */
export function placeAfterKey(
  { key, mod }: Pick<MoveKey, 'key' | 'mod'>,
  from: Place,
  extent: Extent,
): Place | undefined {
  const { items, columns, page } = extent;
  const to = (item: number, column: number) => clampPlace({ item, column }, extent);
  switch (key) {
    case 'ArrowUp':
      return mod ? to(0, from.column) : to(from.item - 1, from.column);
    case 'ArrowDown':
      return mod ? to(items - 1, from.column) : to(from.item + 1, from.column);
    case 'ArrowLeft':
      return mod ? to(from.item, 0) : to(from.item, from.column - 1);
    case 'ArrowRight':
      return mod ? to(from.item, columns - 1) : to(from.item, from.column + 1);
    case 'Home':
      return mod ? to(0, 0) : to(from.item, 0);
    case 'End':
      return mod ? to(items - 1, columns - 1) : to(from.item, columns - 1);
    case 'PageUp':
      return to(from.item - page, from.column);
    case 'PageDown':
      return to(from.item + page, from.column);
    default:
      return undefined;
  }
}

/** The state after the keyboard or a click went to a place; extending keeps the other corner. */
export function goTo(state: GridState, place: Place, how: 'move' | 'extend' = 'move'): GridState {
  const anchor = how === 'extend' ? (state.anchor ?? state.active ?? place) : null;
  return { ...state, active: place, anchor, editing: null };
}

/** The state after an idea was ticked or unticked. */
export function tick(state: GridState, id: number, item: number): GridState {
  const selected = new Set(state.selected);
  if (!selected.delete(id)) selected.add(id);
  return { ...state, selected, all: false, lastTicked: item };
}

/** The state after ticking from the last ticked line to this one; `ids` are the ideas between. */
export function tickTo(state: GridState, ids: readonly number[], item: number): GridState {
  return { ...state, selected: new Set([...state.selected, ...ids]), all: false, lastTicked: item };
}

/**
 * The state after the tick of a line; extending ticks all from the line that was ticked last. `idAt` is what is ticked in
 * a line, undefined where nothing can be.
 */
export function tickAt(
  state: GridState,
  item: number,
  extend: boolean,
  idAt: (item: number) => number | undefined,
): GridState {
  const id = idAt(item);
  if (id === undefined) return state;
  if (!extend || state.lastTicked === null) return tick(state, id, item);
  const ids: number[] = [];
  for (let line = Math.min(state.lastTicked, item); line <= Math.max(state.lastTicked, item); line += 1) {
    const between = idAt(line);
    if (between !== undefined) ids.push(between);
  }
  return tickTo(state, ids, item);
}

/** The state after everything that the query finds was selected. */
export function tickAll(state: GridState, loaded: readonly number[]): GridState {
  return { ...state, selected: new Set(loaded), all: true, lastTicked: null };
}

/** The state without ticks. */
export function untick(state: GridState): GridState {
  return { ...state, selected: new Set(), all: false, lastTicked: null };
}

/** How many ideas are selected. */
export function countSelected(state: GridState, total: number): number {
  return state.all ? total : state.selected.size;
}
