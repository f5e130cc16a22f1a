import type { CodecContext } from '@/fields/types.ts';
import { t } from '@/lib/i18n.ts';
import { lockReason } from '@/sync/facts.ts';
import type { PendingValue } from '@/sync/overlay.ts';
import type { ProjectSession } from '@/sync/project-session.ts';
import type { ResultWindow } from '@/sync/result.ts';
import { sameValue } from '@/sync/rows.ts';
import type { CellValue, FieldInfo, IdeaRow, Role } from '@/sync/types.ts';
import { shownValue } from '../shared/groups.ts';
import { parseTSV, pastedCell, pasteSize } from './clipboard.ts';
import type { GridColumn } from './columns.ts';
import type { Layout } from './layout.ts';
import type { Range } from './selection.ts';

/** What cells are read from and written to. */
export interface Cells {
  columns: readonly GridColumn[];
  layout: Layout;
  window: ResultWindow;
  session: ProjectSession;
  projectKey: string;
  role: Role;
  codec: CodecContext;
}

/** Values to write, and what could not be. */
export interface Plan {
  values: PendingValue[];
  refused: number;
  /** Why the first refused cell was refused. */
  reason?: string;
}

/** The idea in a line, if it is a loaded row. */
export function rowAt(
  { layout, window }: Pick<Cells, 'layout' | 'window'>,
  item: number,
): IdeaRow | undefined {
  const line = layout.at(item);
  return line?.kind === 'row' ? window.row(line.position) : undefined;
}

/** The value of a cell as it is shown. */
export function cellValue(cells: Cells, row: IdeaRow, field: FieldInfo): CellValue {
  if (field.ref === 'key') return `${cells.projectKey}-${row.number}`;
  return shownValue(row, field.ref, cells.session.overlay.of(row.id));
}

function rowsIn(cells: Cells, range: Range): IdeaRow[] {
  const rows: IdeaRow[] = [];
  for (let item = range.top; item <= range.bottom; item += 1) {
    const row = rowAt(cells, item);
    if (row) rows.push(row);
  }
  return rows;
}

/** Whether every row of a range is loaded. */
export function isLoaded(cells: Cells, range: Range): boolean {
  for (let item = range.top; item <= range.bottom; item += 1)
    if (cells.layout.at(item)?.kind === 'row' && !rowAt(cells, item)) return false;
  return true;
}

/** The cells of a range as texts, row by row; group headings are left out. */
export function textsOf(cells: Cells, range: Range): string[][] {
  const columns = cells.columns.slice(range.left, range.right + 1);
  return rowsIn(cells, range).map((row) =>
    columns.map(({ field, type }) => type.toText(cellValue(cells, row, field), field, cells.codec)),
  );
}

function makePlan(cells: Cells) {
  const plan: Plan = { values: [], refused: 0 };
  const seen = new Set<string>();
  const refuse = (reason: string) => {
    plan.refused += 1;
    plan.reason ??= reason;
  };
  return {
    plan,
    refuse,
    set: (row: IdeaRow, field: FieldInfo, value: CellValue) => {
      // An idea may stand in several groups; it is written once.
      const name = `${row.id} ${field.ref}`;
      const locked = lockReason(field, cells.role);
      if (locked !== undefined) return refuse(locked);
      if (field.ref === 'title' && (value === null || String(value).trim() === ''))
        return refuse(t('list.titleNeeded'));
      if (seen.has(name) || sameValue(cellValue(cells, row, field), value)) return undefined;
      seen.add(name);
      plan.values.push({ id: row.id, ref: field.ref, value });
      return undefined;
    },
  };
}

/** What emptying the cells of a range would write. */
export function planClear(cells: Cells, range: Range): Plan {
  const { plan, set } = makePlan(cells);
  for (const row of rowsIn(cells, range))
    for (const { field } of cells.columns.slice(range.left, range.right + 1)) set(row, field, null);
  return plan;
}

/** What filling the first row of a range down to the others would write. */
export function planFill(cells: Cells, range: Range): Plan {
  const { plan, set } = makePlan(cells);
  const [first, ...others] = rowsIn(cells, range);
  if (!first) return plan;
  for (const row of others)
    for (const { field } of cells.columns.slice(range.left, range.right + 1))
      set(row, field, cellValue(cells, first, field));
  return plan;
}

/** What pasting a text at the corner of a range would write; cells beyond the grid's end are counted as refused. */
export function planPaste(cells: Cells, range: Range, text: string): Plan {
  const { plan, set, refuse } = makePlan(cells);
  const block = parseTSV(text);
  if (block.length === 0) return plan;
  const target = { rows: range.bottom - range.top + 1, columns: range.right - range.left + 1 };
  const size = pasteSize(block, target);
  let at = 0;
  for (let item = range.top; at < size.rows && item < cells.layout.count; item += 1) {
    const row = rowAt(cells, item);
    if (!row) continue;
    for (let column = 0; column < size.columns; column += 1) {
      const place = cells.columns[range.left + column];
      const given = pastedCell(block, at, column);
      if (given === undefined) continue;
      if (!place) {
        refuse(t('list.beyondColumns'));
        continue;
      }
      const parsed = place.type.fromText(given, place.field, cells.codec);
      if ('error' in parsed) refuse(parsed.error);
      else set(row, place.field, parsed.value);
    }
    at += 1;
  }
  if (at < size.rows) refuse(t('list.beyondRows'));
  return plan;
}
