import type { components } from '@/api/schema.d.ts';
import type { CellValue, Query, Ref, ViewInput } from '@/sync/types.ts';

/** What of a view only the board needs. */
export type BoardLayout = components['schemas']['BoardLayout'];
/** What is set for one column or swimlane. */
export type BoardGroup = components['schemas']['BoardGroup'];

/** How much a card shows. */
export const cardKinds = ['compact', 'summary', 'detailed'] as const;
/** How wide columns are. */
export const columnWidths = ['small', 'default', 'large'] as const;

/** The board's part of a definition. */
export function boardOf(definition: Pick<ViewInput, 'layout'>): BoardLayout {
  return definition.layout?.board ?? {};
}

/** The change that gives the board's part of a definition other settings. */
export function withBoard(
  definition: Pick<ViewInput, 'layout'>,
  change: Partial<BoardLayout>,
): Pick<ViewInput, 'layout'> {
  return { layout: { ...definition.layout, board: { ...boardOf(definition), ...change } } };
}

const sameKey = (a: unknown, b: unknown) => JSON.stringify(a ?? null) === JSON.stringify(b ?? null);

/** What is set for a group of a field; nothing is set for most. */
export function groupSettings(
  board: BoardLayout,
  field: Ref,
  key: CellValue,
): Omit<BoardGroup, 'field' | 'key'> {
  return board.groups?.find((group) => group.field === field && sameKey(group.key, key)) ?? {};
}

/** The settings of all groups with others for one; a group for which nothing is set is left out. */
export function withGroupSettings(
  board: BoardLayout,
  group: Pick<BoardGroup, 'field'> & { key: CellValue },
  change: Partial<BoardGroup>,
): BoardGroup[] | undefined {
  const isIt = (each: BoardGroup) => each.field === group.field && sameKey(each.key, group.key);
  const known = (board.groups ?? []).find(isIt);
  const next: BoardGroup = { ...known, ...change, field: group.field, key: group.key };
  if (!next.collapsed) delete next.collapsed;
  if (!next.limit) {
    delete next.limit;
    delete next.block;
  }
  if (!next.block) delete next.block;
  const others = (board.groups ?? []).filter((each) => !isIt(each));
  const all = next.collapsed || next.limit ? [...others, next] : others;
  return all.length > 0 ? all : undefined;
}

/** The query with the column of a key hidden, or shown again; its ideas go with it. */
export function withHidden(query: Query, key: CellValue, hidden: boolean): Query {
  const [across, ...rest] = query.group ?? [];
  if (!across) return query;
  const others = (across.hidden ?? []).filter((other) => !sameKey(other, key));
  const next = hidden ? [...others, key] : others;
  return { ...query, group: [{ ...across, hidden: next.length > 0 ? next : undefined }, ...rest] };
}
