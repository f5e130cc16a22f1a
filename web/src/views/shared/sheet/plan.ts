import type { CodecContext, FieldType } from '@/fields/types.ts';
import { t } from '@/lib/i18n.ts';
import type { PendingValue } from '@/sync/overlay.ts';
import { sameValue } from '@/sync/rows.ts';
import type { CellValue, FieldInfo } from '@/sync/types.ts';
import { parseTSV, pastedCell, pasteSize } from './clipboard.ts';
import type { Range } from './selection.ts';

/** A column of a sheet. */
export interface SheetColumn {
  field: FieldInfo;
  type: FieldType;
}

/** A grid of values as a spreadsheet sees it: what its cells hold, and what they may. */
export interface Sheet<Row extends { id: number }> {
  columns: readonly SheetColumn[];
  /** How many lines there are. */
  count: number;
  codec: CodecContext;
  /** Whether a line is a row, loaded or not, and no heading. */
  isRow: (item: number) => boolean;
  /** The row in a line, if it is one and loaded. */
  rowAt: (item: number) => Row | undefined;
  value: (row: Row, field: FieldInfo) => CellValue;
  /** Why a cell cannot have a value; undefined when it can. */
  refusal: (row: Row, field: FieldInfo, value: CellValue) => string | undefined;
}

/** Values to write, and what could not be. */
export interface Plan {
  values: PendingValue[];
  refused: number;
  /** Why the first refused cell was refused. */
  reason?: string;
}

function rowsIn<Row extends { id: number }>(sheet: Sheet<Row>, range: Range): Row[] {
  const rows: Row[] = [];
  for (let item = range.top; item <= range.bottom; item += 1) {
    const row = sheet.rowAt(item);
    if (row) rows.push(row);
  }
  return rows;
}

/** Whether every row of a range is loaded. */
export function isLoaded<Row extends { id: number }>(sheet: Sheet<Row>, range: Range): boolean {
  for (let item = range.top; item <= range.bottom; item += 1)
    if (sheet.isRow(item) && !sheet.rowAt(item)) return false;
  return true;
}

/** The cells of a range as texts, row by row; headings of groups are left out. */
export function textsOf<Row extends { id: number }>(sheet: Sheet<Row>, range: Range): string[][] {
  const columns = sheet.columns.slice(range.left, range.right + 1);
  return rowsIn(sheet, range).map((row) =>
    columns.map(({ field, type }) => type.toText(sheet.value(row, field), field, sheet.codec)),
  );
}

function makePlan<Row extends { id: number }>(sheet: Sheet<Row>) {
  const plan: Plan = { values: [], refused: 0 };
  const seen = new Set<string>();
  const refuse = (reason: string) => {
    plan.refused += 1;
    plan.reason ??= reason;
  };
  return {
    plan,
    refuse,
    set: (row: Row, field: FieldInfo, value: CellValue) => {
      // A row may stand in several groups; it is written once.
      const name = `${row.id} ${field.ref}`;
      const refusal = sheet.refusal(row, field, value);
      if (refusal !== undefined) return refuse(refusal);
      if (seen.has(name) || sameValue(sheet.value(row, field), value)) return undefined;
      seen.add(name);
      plan.values.push({ id: row.id, ref: field.ref, value });
      return undefined;
    },
  };
}

/** What emptying the cells of a range would write. */
export function planClear<Row extends { id: number }>(sheet: Sheet<Row>, range: Range): Plan {
  const { plan, set } = makePlan(sheet);
  for (const row of rowsIn(sheet, range))
    for (const { field } of sheet.columns.slice(range.left, range.right + 1)) set(row, field, null);
  return plan;
}

/** What filling the first row of a range down to the others would write. */
export function planFill<Row extends { id: number }>(sheet: Sheet<Row>, range: Range): Plan {
  const { plan, set } = makePlan(sheet);
  const [first, ...others] = rowsIn(sheet, range);
  if (!first) return plan;
  for (const row of others)
    for (const { field } of sheet.columns.slice(range.left, range.right + 1))
      set(row, field, sheet.value(first, field));
  return plan;
}

/** How many lines a text reaches down from the first of a range when it is pasted there. */
export function linesPasted(range: Range, text: string): number {
  const target = { rows: range.bottom - range.top + 1, columns: range.right - range.left + 1 };
  return pasteSize(parseTSV(text), target).rows;
}

/** What pasting a text at the corner of a range would write; cells beyond the grid's end are counted as refused. */
export function planPaste<Row extends { id: number }>(sheet: Sheet<Row>, range: Range, text: string): Plan {
  const { plan, set, refuse } = makePlan(sheet);
  const block = parseTSV(text);
  if (block.length === 0) return plan;
  const target = { rows: range.bottom - range.top + 1, columns: range.right - range.left + 1 };
  const size = pasteSize(block, target);
  let at = 0;
  for (let item = range.top; at < size.rows && item < sheet.count; item += 1) {
    const row = sheet.rowAt(item);
    if (!row) continue;
    for (let column = 0; column < size.columns; column += 1) {
      const place = sheet.columns[range.left + column];
      const given = pastedCell(block, at, column);
      if (given === undefined) continue;
      if (!place) {
        refuse(t('list.beyondColumns'));
        continue;
      }
      const parsed = place.type.fromText(given, place.field, sheet.codec);
      if ('error' in parsed) refuse(parsed.error);
      else set(row, place.field, parsed.value);
    }
    at += 1;
  }
  if (at < size.rows) refuse(t('list.beyondRows'));
  return plan;
}
