import type { Span } from '@/sync/result.ts';
import { type BoardModel, isOpen } from './model.ts';
import type { CellCards } from './moves.ts';

/** Measures of a board, in px. */
export interface Measures {
  /** Width of a column that is open. */
  column: number;
  /** Height of a card; all are alike, so that any place can be computed. */
  card: number;
}

/** Measures that are the same for all boards, in px. */
export const fixed = {
  /** Around the board, and between columns. */
  margin: 16,
  columnGap: 8,
  /** A column that shows its heading alone. */
  collapsed: 44,
  /** Between a column's edge and its cards, and between cards. */
  inset: 8,
  cardGap: 8,
  laneHeader: 36,
  /** Between swimlanes. */
  laneGap: 8,
  /** The button that adds an idea below a cell's cards. */
  add: 36,
};

/** Where a lane lies. */
export interface LanePlace {
  top: number;
  /** Where its first cards begin. */
  body: number;
  bottom: number;
}

/** A place for a card: in a cell, before the card with that index. */
export interface Drop {
  column: number;
  lane: number;
  index: number;
}

/** Where everything lies, in px from the board's corner below the headings. */
export interface Geometry extends Measures {
  width: number;
  height: number;
  columns: readonly { left: number; width: number }[];
  lanes: readonly LanePlace[];
  /** How far a card lies below its cell's first one. */
  offset: (index: number) => number;
  /** The place that a card dropped at a point takes. */
  dropAt: (x: number, y: number) => Drop;
}

/** A part of the board that is visible. */
export interface Rect {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

/** Columns and, per lane, cards that touch a rectangle; the ends are included. */
export interface Visible {
  columns: Span;
  lanes: readonly (Span & { lane: number })[];
}

const pitchOf = (measures: Measures) => measures.card + fixed.cardGap;

/** The number of the last of some places, in order, that begins at or before a point; 0 when none does. */
function lastAt<T>(places: readonly T[], begin: (place: T) => number, at: number): number {
  let [low, high] = [0, places.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const place = places[middle];
    if (place !== undefined && begin(place) <= at) low = middle + 1;
    else high = middle;
  }
  return Math.max(0, low - 1);
}

/** Lays a board out. */
export function geometryOf(
  model: BoardModel,
  measures: Measures,
  { cards, adding }: { cards: (column: number, lane: number) => CellCards; adding: boolean },
): Geometry {
  const pitch = pitchOf(measures);
  let left = fixed.margin;
  const columns = model.columns.map(({ collapsed }) => {
    const place = { left, width: collapsed ? fixed.collapsed : measures.column };
    left += place.width + fixed.columnGap;
    return place;
  });
  const foot = adding ? fixed.add : 0;
  let top = 0;
  const lanes = model.lanes.map((lane, at): LanePlace => {
    const body = top + (model.laned ? fixed.laneHeader : 0);
    const longest = model.columns.reduce(
      (most, column, index) => (column.collapsed ? most : Math.max(most, cards(index, at).length)),
      0,
    );
    const height = lane.collapsed ? 0 : fixed.inset + Math.max(longest, model.laned ? 0.5 : 1) * pitch + foot;
    const place = { top, body: body + fixed.inset, bottom: body + height };
    top = place.bottom + fixed.laneGap;
    return place;
  });
  const laneAt = (y: number) => lastAt(lanes, (lane) => lane.top, y);
  const columnAt = (x: number) => lastAt(columns, (column) => column.left - fixed.columnGap / 2, x);
  return {
    ...measures,
    width: left + fixed.margin - fixed.columnGap,
    height: top + fixed.margin,
    columns,
    lanes,
    offset: (index) => index * pitch,
    dropAt: (x, y) => {
      const [column, lane] = [columnAt(x), laneAt(y)];
      const { length } = cards(column, lane);
      const folded = model.columns[column]?.collapsed || model.lanes[lane]?.collapsed;
      const index = Math.round((y - (lanes[lane]?.body ?? 0)) / pitch);
      return { column, lane, index: folded ? length : Math.max(0, Math.min(length, index)) };
    },
  };
}

/** What of a board touches a rectangle, with a margin so that nothing appears late. */
export function visibleIn(geometry: Geometry, rect: Rect, margin: number): Visible {
  const { columns, lanes } = geometry;
  const pitch = pitchOf(geometry);
  const first = lastAt(columns, (column) => column.left, rect.left);
  const last = lastAt(columns, (column) => column.left, rect.right);
  const from = lastAt(lanes, (lane) => lane.top, rect.top - margin);
  const to = lastAt(lanes, (lane) => lane.top, rect.bottom + margin);
  return {
    columns: { first, last },
    lanes: lanes.slice(from, to + 1).map(({ body }, at) => ({
      lane: from + at,
      first: Math.max(0, Math.floor((rect.top - margin - body) / pitch)),
      last: Math.floor((rect.bottom + margin - body) / pitch),
    })),
  };
}

/** The positions of the cards that are visible, a run for each cell. */
export function spansOf(model: BoardModel, visible: Visible): Span[] {
  const spans: Span[] = [];
  for (const { lane, first, last } of visible.lanes) {
    for (let column = visible.columns.first; column <= visible.columns.last; column += 1) {
      if (!isOpen(model, column, lane)) continue;
      const { offset, length } = model.cell(column, lane);
      if (length > first) spans.push({ first: offset + first, last: offset + Math.min(last, length - 1) });
    }
  }
  return spans;
}
