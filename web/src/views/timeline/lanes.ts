import type { CellValue, IdeaRow, ViewGroup } from '@/sync/types.ts';
import { pathOf } from '../shared/groups.ts';
import type { Span } from './spans.ts';

/** An idea that has a place on the axis. */
export interface Entry {
  /** Its position in the result; an idea in several groups has several. */
  position: number;
  row: IdeaRow;
  span: Span;
  /** Names its group. */
  path: string;
}

/** A group's heading, in px from the top. */
export interface Heading {
  path: string;
  keys: readonly CellValue[];
  /** 0 for a group, 1 for a swimlane in it. */
  depth: number;
  label: string;
  count: number;
  /** Entries in it, also when it is collapsed. */
  entries: readonly Entry[];
  collapsed: boolean;
  top: number;
}

/** A line of bars, first to last. */
export interface Line {
  top: number;
  path: string;
  entries: readonly Entry[];
}

/** All headings and lines, from the top. */
export interface Lanes {
  headings: readonly Heading[];
  lines: readonly Line[];
  /** The line of each entry, by position. */
  lineOf: ReadonlyMap<number, Line>;
  height: number;
}

/** What lanes are made of. */
export interface LanesInput {
  entries: readonly Entry[];
  groups: readonly ViewGroup[];
  length: number;
  collapsed: ReadonlySet<string>;
  /** A line per idea instead of several bars in a line. */
  each: boolean;
  /** Width in days that a bar takes at least, so that something can be read and grasped. */
  roomOf: (entry: Entry) => number;
  rowHeight: number;
  headingHeight: number;
}

/** Puts entries into as few lines as they fit without touching: in the order of their starts, each into the first line with room. */
export function pack(entries: readonly Entry[], roomOf: (entry: Entry) => number): Entry[][] {
  const sorted = [...entries].sort((a, b) => a.span.start - b.span.start || a.position - b.position);
  const lines: Entry[][] = [];
  const ends: number[] = [];
  for (const entry of sorted) {
    let at = ends.findIndex((end) => end <= entry.span.start);
    if (at < 0) at = lines.push([]) - 1;
    lines[at]?.push(entry);
    ends[at] = entry.span.start + Math.max(entry.span.end + 1 - entry.span.start, roomOf(entry));
  }
  return lines;
}

/** Lays out groups, swimlanes and lines. */
export function layOut(input: LanesInput): Lanes {
  const { entries, groups, collapsed, each, roomOf, rowHeight, headingHeight } = input;
  const headings: Heading[] = [];
  const lines: Line[] = [];
  const lineOf = new Map<number, Line>();
  let top = 0;
  let from = 0;
  /** The entries up to a position; entries are in the order of positions. */
  const takeUntil = (end: number) => {
    const first = from;
    while (from < entries.length && (entries[from]?.position ?? 0) < end) from += 1;
    return entries.slice(first, from);
  };
  const put = (path: string, own: readonly Entry[]) => {
    const rows = each ? own.map((entry) => [entry]) : pack(own, roomOf);
    for (const row of rows) {
      const line = { top, path, entries: row };
      lines.push(line);
      for (const entry of row) lineOf.set(entry.position, line);
      top += rowHeight;
    }
  };
  const walk = (group: ViewGroup, above: readonly CellValue[]) => {
    const keys = [...above, group.key];
    const path = pathOf(keys);
    const own = takeUntil(group.offset + group.length);
    const closed = collapsed.has(path);
    const { label, count } = group;
    headings.push({ path, keys, depth: above.length, label, count, entries: own, collapsed: closed, top });
    top += headingHeight;
    if (closed) return;
    if (!group.groups?.length) {
      put(path, own);
      // Some room to drop into.
      if (own.length === 0) top += rowHeight;
      return;
    }
    from -= own.length;
    for (const inner of group.groups) walk(inner, keys);
    from = Math.max(from, 0);
    takeUntil(group.offset + group.length);
  };
  if (groups.length === 0) put('', entries);
  else for (const group of groups) walk(group, []);
  return { headings, lines, lineOf, height: top };
}

/** The index of the last item that begins at or above a height; items are in order. */
export function indexAt(items: readonly { top: number }[], y: number): number {
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((items[middle]?.top ?? 0) <= y) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** The items that lie between two heights. */
export function between<T extends { top: number }>(
  items: readonly T[],
  y0: number,
  y1: number,
  height: number,
): T[] {
  const first = Math.max(0, indexAt(items, y0 - height));
  const found: T[] = [];
  for (let at = first; at < items.length; at += 1) {
    const item = items[at];
    if (!item || item.top > y1) break;
    if (item.top + height >= y0) found.push(item);
  }
  return found;
}

/** The path of the group that a height lies in. */
export function pathAt(lanes: Lanes, y: number): string | undefined {
  if (lanes.headings.length === 0) return '';
  return lanes.headings[Math.max(0, indexAt(lanes.headings, y))]?.path;
}

/** The entries of a line that touch a range of days; those that start earlier and reach into it included. */
export function inSight(line: Line, from: number, to: number, room: number): Entry[] {
  return line.entries.filter(
    ({ span }) => span.start <= to && Math.max(span.end + 1, span.start + room) > from,
  );
}
