import { typeOf } from '@/fields/registry.ts';
import type { FieldType } from '@/fields/types.ts';
import type { Column, FieldInfo, Ref, ViewInput } from '@/sync/types.ts';

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
