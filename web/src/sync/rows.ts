import { optionColor } from '@/lib/colors.ts';
import type { CellValue, Change, IdeaRow, Ref } from './types.ts';

/** A row as the server writes it: id, number, version, colour, archived, then the cells in the order of the columns. */
export type WireRow = readonly unknown[];

function colorsOf(raw: unknown): Pick<IdeaRow, 'color' | 'cellColors' | 'cellIcons'> {
  if (typeof raw === 'string') return { color: optionColor(raw) };
  if (typeof raw !== 'object' || raw === null) return {};
  const { row, cells, icons } = raw as {
    row?: string;
    cells?: Record<Ref, string>;
    icons?: Record<Ref, string>;
  };
  const cellColors = Object.fromEntries(
    Object.entries(cells ?? {}).map(([ref, color]) => [ref, optionColor(color)]),
  );
  return { ...(row ? { color: optionColor(row) } : {}), cellColors, ...(icons ? { cellIcons: icons } : {}) };
}

/** Reads a row; columns name its cells. */
export function rowOf(wire: WireRow, columns: readonly Ref[]): IdeaRow {
  const values: Record<Ref, CellValue> = {};
  columns.forEach((ref, at) => {
    values[ref] = (wire[5 + at] ?? null) as CellValue;
  });
  return {
    id: Number(wire[0]),
    number: Number(wire[1]),
    version: Number(wire[2]),
    ...colorsOf(wire[3]),
    archived: wire[4] === 1,
    values,
  };
}

/** Whether two values are the same to a reader. */
export function sameValue(a: CellValue | undefined, b: CellValue | undefined): boolean {
  if (Object.is(a ?? null, b ?? null)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  return JSON.stringify(a) === JSON.stringify(b);
}

function sameRow(a: IdeaRow, b: IdeaRow): boolean {
  return (
    a.version === b.version &&
    a.archived === b.archived &&
    a.color === b.color &&
    JSON.stringify(a.cellColors) === JSON.stringify(b.cellColors) &&
    JSON.stringify(a.cellIcons) === JSON.stringify(b.cellIcons) &&
    Object.keys(b.values).every((ref) => sameValue(a.values[ref], b.values[ref]))
  );
}

/**
 * The row to keep when a new answer comes in: the known object where nothing differs, so that nothing is drawn again,
 * and the known values where the answer is older than what the stream or an own edit already told.
 */
export function mergeRow(known: IdeaRow | undefined, next: IdeaRow): IdeaRow {
  if (!known) return next;
  if (known.version > next.version) return known;
  return sameRow(known, next) ? known : next;
}

/** A row after changes of its idea with that version; the same object when none concerns what it shows. */
export function changeRow(row: IdeaRow, changes: readonly Change[], version: number): IdeaRow {
  if (version <= row.version) return row;
  const values: Record<Ref, CellValue> = { ...row.values };
  let archived = row.archived;
  for (const change of changes) {
    if (!change.attr) continue;
    if (change.attr === 'archived') archived = change.new === true;
    if (change.attr in values) values[change.attr] = (change.new ?? null) as CellValue;
  }
  return { ...row, values, archived, version };
}
