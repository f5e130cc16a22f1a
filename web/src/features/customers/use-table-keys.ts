import type { KeyboardEvent } from 'react';
import { typeOf } from '@/fields/registry.ts';
import type { Customer } from '@/sync/customers.ts';
import { type Column, settable } from './columns.ts';
import type { Cells } from './use-cells.ts';

/** A cell of the table. */
export interface Place {
  row: number;
  column: number;
}

/** What the keys act on. */
export interface TableTools {
  active: Place;
  last: Place;
  /** Lines that fit on the screen. */
  page: () => number;
  customer: Customer | undefined;
  column: Column | undefined;
  cells: Cells;
  go: (place: Place) => void;
  edit: (how: { typed?: string }) => void;
}

/** Where a key leads; undefined for keys that lead nowhere. */
export function placeAfter(
  key: string,
  mod: boolean,
  { active, last, page }: Pick<TableTools, 'active' | 'last' | 'page'>,
) {
  const { row, column } = active;
  switch (key) {
    case 'ArrowDown':
      return { row: mod ? last.row : row + 1, column };
    case 'ArrowUp':
      return { row: mod ? 0 : row - 1, column };
    case 'ArrowRight':
      return { row, column: column + 1 };
    case 'ArrowLeft':
      return { row, column: column - 1 };
    case 'PageDown':
      return { row: row + page(), column };
    case 'PageUp':
      return { row: row - page(), column };
    case 'Home':
      return { row: mod ? 0 : row, column: 0 };
    case 'End':
      return { row: mod ? last.row : row, column: last.column };
  }
  return undefined;
}

/** The table's keys, as in a spreadsheet: arrows move, Enter or typing edits, Delete empties. */
export function useTableKeys(tools: TableTools) {
  const { customer, column, cells, go, edit } = tools;
  const act = (event: KeyboardEvent): boolean => {
    const mod = event.ctrlKey || event.metaKey;
    const next = event.altKey ? undefined : placeAfter(event.key, mod, tools);
    if (next) {
      go(next);
      return true;
    }
    if (!customer || !column || mod || event.altKey || !settable(column, customer)) return false;
    if (event.key === 'Enter' || event.key === 'F2') edit({});
    else if ((event.key === 'Delete' || event.key === 'Backspace') && column.key !== 'name')
      cells.set(customer, column, null);
    else if ([...event.key].length === 1 && event.key !== ' ' && typeOf(column.field).typing)
      edit({ typed: event.key });
    else return false;
    return true;
  };
  return {
    onKeyDown: (event: KeyboardEvent) => {
      if (event.target !== event.currentTarget || event.nativeEvent.isComposing) return;
      if (act(event)) event.preventDefault();
    },
  };
}
