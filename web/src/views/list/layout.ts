import type { CellValue, ViewGroup } from '@/sync/types.ts';
import { pathOf } from '../shared/groups.ts';

/** One line of the list. */
export type Item =
  | { kind: 'row'; position: number; path: string }
  | { kind: 'group'; group: ViewGroup; level: number; path: string; collapsed: boolean }
  | { kind: 'add'; path: string; keys: readonly CellValue[]; label: string };

/** The lines of a list, computed without listing its rows one by one. */
export interface Layout {
  /** How many lines there are. */
  count: number;
  /** The line at a place, undefined beyond the end. */
  at: (index: number) => Item | undefined;
  /** The line of a row by its position in the result; undefined when its group is collapsed. */
  indexOf: (position: number) => number | undefined;
  /** The group headers that stand above a line, the outermost first, with their own lines. */
  above: (index: number) => { index: number; item: Item & { kind: 'group' } }[];
}

/** What the layout is made of. */
export interface LayoutInput {
  length: number;
  groups: readonly ViewGroup[];
  /** Paths of the groups that are closed. */
  collapsed: ReadonlySet<string>;
  /** Whether lines to add ideas are offered. */
  adding: boolean;
}

interface Segment {
  start: number;
  count: number;
  /** For rows: the position of the first one. */
  offset: number;
  item: Exclude<Item, { kind: 'row' }> | { kind: 'rows'; path: string };
}

function segmentsOf({ length, groups, collapsed, adding }: LayoutInput): Segment[] {
  const segments: Segment[] = [];
  let start = 0;
  const push = (count: number, offset: number, item: Segment['item']) => {
    if (count > 0) segments.push({ start, count, offset, item });
    start += count;
  };
  const walk = (group: ViewGroup, keys: readonly CellValue[]) => {
    const own = [...keys, group.key];
    const path = pathOf(own);
    const closed = collapsed.has(path);
    push(1, group.offset, { kind: 'group', group, level: keys.length, path, collapsed: closed });
    if (closed) return;
    if (group.groups && group.groups.length > 0) {
      for (const inner of group.groups) walk(inner, own);
      return;
    }
    push(group.length, group.offset, { kind: 'rows', path });
    if (adding) push(1, 0, { kind: 'add', path, keys: own, label: group.label });
  };
  if (groups.length === 0) {
    push(length, 0, { kind: 'rows', path: '' });
    if (adding) push(1, 0, { kind: 'add', path: '', keys: [], label: '' });
  }
  for (const group of groups) walk(group, []);
  return segments;
}

/** The last element for which `holds` is true, where it is true for a first part of the list only. */
function lastWhere<T>(list: readonly T[], holds: (element: T) => boolean): number {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const element = list[middle];
    if (element !== undefined && holds(element)) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** Computes the lines of a list. */
export function layoutOf(input: LayoutInput): Layout {
  const segments = segmentsOf(input);
  const last = segments.at(-1);
  const rows = segments
    .filter((segment) => segment.item.kind === 'rows')
    .toSorted((a, b) => a.offset - b.offset);
  const find = (index: number) => segments[lastWhere(segments, (segment) => segment.start <= index)];
  return {
    count: last ? last.start + last.count : 0,
    at: (index) => {
      const segment = index < 0 ? undefined : find(index);
      if (!segment || index >= segment.start + segment.count) return undefined;
      if (segment.item.kind !== 'rows') return segment.item;
      return { kind: 'row', position: segment.offset + index - segment.start, path: segment.item.path };
    },
    indexOf: (position) => {
      const segment = rows[lastWhere(rows, (each) => each.offset <= position)];
      if (!segment || position >= segment.offset + segment.count) return undefined;
      return segment.start + position - segment.offset;
    },
    above: (index) => {
      const found: { index: number; item: Item & { kind: 'group' } }[] = [];
      let level = Number.POSITIVE_INFINITY;
      for (let at = lastWhere(segments, (segment) => segment.start <= index); at >= 0 && level > 0; at -= 1) {
        const segment = segments[at];
        if (segment?.item.kind !== 'group' || segment.item.level >= level) continue;
        level = segment.item.level;
        found.unshift({ index: segment.start, item: segment.item });
      }
      return found;
    },
  };
}
