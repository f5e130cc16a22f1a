import { typeOf } from '@/fields/registry.ts';
import type { FieldType } from '@/fields/types.ts';
import type { CellValue, Column, FieldInfo, IdeaRow, Query, Ref, ViewInput } from '@/sync/types.ts';

/** A column of the grid. */
export interface GridColumn {
  field: FieldInfo;
  type: FieldType;
  /** In px. */
  width: number;
}

/** The widths a column may have, in px. */
export const widths = { min: 56, max: 800, step: 24 };

/** The columns to show, the title first; fields that are gone are left out. */
export function columnsOf(
  definition: Pick<ViewInput, 'columns'>,
  field: (ref: Ref) => FieldInfo | undefined,
): GridColumn[] {
  const chosen = definition.columns ?? [];
  const title = chosen.find((column) => column.field === 'title');
  const rest = chosen.filter((column) => column.field !== 'title');
  return [{ field: 'title', width: title?.width }, ...rest].flatMap((column) => {
    const info = field(column.field);
    if (!info) return [];
    const type = typeOf(info);
    return { field: info, type, width: column.width || type.width };
  });
}

/** The references that a list needs: its columns and what it is grouped by. */
export function neededRefs(columns: readonly GridColumn[], query: Query): Ref[] {
  const shown = columns.map((column) => column.field.ref);
  return [...new Set([...shown, ...(query.group ?? []).map((group) => group.field)])];
}

/** The definition's columns with another width for one. */
export function withWidth(columns: readonly Column[], ref: Ref, width: number): Column[] {
  const fitting = Math.round(Math.min(widths.max, Math.max(widths.min, width)));
  if (!columns.some((column) => column.field === ref)) return [{ field: ref, width: fitting }, ...columns];
  return columns.map((column) => (column.field === ref ? { ...column, width: fitting } : column));
}

/** The definition's columns with one moved to stand before another (or last). */
export function withMoved(columns: readonly Column[], ref: Ref, before: Ref | undefined): Column[] {
  const moved = columns.find((column) => column.field === ref);
  if (!moved || ref === before) return [...columns];
  const others = columns.filter((column) => column.field !== ref);
  const at = others.findIndex((column) => column.field === before);
  return at < 0 ? [...others, moved] : [...others.slice(0, at), moved, ...others.slice(at)];
}

/** The value of a cell as it is shown: what was just set here, else what the server says. */
export function shownValue(
  row: IdeaRow,
  ref: Ref,
  pending: Readonly<Record<Ref, CellValue>> | undefined,
): CellValue {
  const own = pending?.[ref];
  return own === undefined ? (row.values[ref] ?? null) : own;
}

/** Field types of which a group's key can be written into an idea. */
const writableGroups = new Set([
  'short_text',
  'number',
  'rating',
  'slider',
  'checkbox',
  'select',
  'multi_select',
  'person',
  'people',
  'labels',
]);
const severalValues = new Set(['multi_select', 'people', 'labels']);

/** Whether ideas can be put into the groups of a field. */
export function canEnterGroups(field: FieldInfo): boolean {
  return !field.readOnly && writableGroups.has(field.type);
}

/**
 * The value that puts an idea into a group: the group's key; of fields with several values, the key takes the place
 * of the group that it comes from.
 */
export function valueInGroup(
  field: FieldInfo,
  key: CellValue,
  now: CellValue = null,
  from: CellValue = null,
): CellValue {
  if (!severalValues.has(field.type)) return field.type === 'checkbox' && key === false ? null : key;
  const values: (string | number)[] = Array.isArray(now) ? [...now] : [];
  const kept = values.filter((value) => value !== from && value !== key);
  const next = key === null ? kept : [...kept, key as string | number];
  return next.length > 0 ? (next as CellValue) : null;
}

/** A column within the visible part. */
export interface PlacedColumn {
  column: GridColumn;
  /** Its number, the title being 0. */
  index: number;
  start: number;
}

/** A run of columns (the title is 0), each with where it begins; the title and the part before it take `frozen`. */
export function placeColumns(
  columns: readonly GridColumn[],
  { from, to }: { from: number; to: number },
  frozen: number,
): PlacedColumn[] {
  let start = frozen;
  const placed: PlacedColumn[] = [];
  for (const [index, column] of columns.entries()) {
    if (index === 0) continue;
    if (index >= from && index <= to) placed.push({ column, index, start });
    start += column.width;
  }
  return placed;
}
