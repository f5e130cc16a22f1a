import type { KeyboardEvent } from 'react';
import { isMac } from '@/lib/keys.ts';
import type { Customer } from '@/sync/customers.ts';
import {
  clearCells,
  clipboardHandlers,
  fillDown,
  isTyped,
  type SheetTools,
} from '@/views/shared/sheet/keys.ts';
import { placeAfterKey, rangeOf, untick } from '@/views/shared/sheet/selection.ts';
import type { Column } from './columns.ts';
import { settable } from './columns.ts';
import type { CustomerGrid } from './use-customer-grid.ts';

/** What the keys need beside the grid. */
export interface TableTools {
  grid: CustomerGrid;
  columns: readonly Column[];
  /** Customers can be selected. */
  ticks: boolean;
  /** Lines that fit on the screen. */
  page: () => number;
  open: (customer: Customer) => void;
}

/** The table's keys, as in a spreadsheet: arrows move and extend, Enter or typing edits, Delete empties, Ctrl+D fills. */
export function useTableKeys(tools: TableTools) {
  const { grid } = tools;
  const sheet: SheetTools<Customer> = {
    sheet: grid.sheet,
    range: rangeOf(grid.state),
    editing: grid.state.editing !== null,
    load: grid.rows.load,
    run: grid.run,
    say: grid.say,
  };
  return {
    onKeyDown: (event: KeyboardEvent) => {
      if (event.target !== event.currentTarget || event.nativeEvent.isComposing) return;
      if (moveKey(event, tools) || commandKey(event, tools, sheet) || cellKey(event, tools))
        event.preventDefault();
    },
    ...clipboardHandlers(sheet),
  };
}

function moveKey(event: KeyboardEvent, { grid, page }: TableTools): boolean {
  if (event.altKey) return false;
  const { active } = grid.state;
  const extent = { items: grid.sheet.count, columns: grid.sheet.columns.length, page: page() };
  const mod = event.ctrlKey || event.metaKey;
  const next = placeAfterKey({ key: event.key, mod }, active ?? { item: 0, column: 0 }, extent);
  if (next) grid.go(next, event.shiftKey ? 'extend' : 'move');
  return next !== undefined;
}

function commandKey(event: KeyboardEvent, { grid }: TableTools, sheet: SheetTools<Customer>): boolean {
  const mod = isMac ? event.metaKey : event.ctrlKey;
  const { count, columns } = grid.sheet;
  if (mod && event.key.toLowerCase() === 'a') {
    const anchor = { item: count - 1, column: columns.length - 1 };
    grid.setState((last) => ({ ...last, active: { item: 0, column: 0 }, anchor, editing: null }));
    return true;
  }
  if (mod && event.key.toLowerCase() === 'd') fillDown(sheet);
  else if (!mod && (event.key === 'Delete' || event.key === 'Backspace')) clearCells(sheet);
  else if (event.key === 'Escape' && grid.state.anchor) grid.setState((last) => ({ ...last, anchor: null }));
  else if (event.key === 'Escape' && grid.state.selected.size > 0) grid.setState(untick);
  else return false;
  return true;
}

function cellKey(event: KeyboardEvent, { grid, columns, ticks, open }: TableTools): boolean {
  const { active } = grid.state;
  const customer = active && grid.sheet.rowAt(active.item);
  const column = active && columns[active.column];
  if (!active || !customer || !column || event.altKey) return false;
  const mod = event.ctrlKey || event.metaKey;
  if (event.key === ' ') {
    if (event.shiftKey && ticks) grid.tick(active.item, false);
    else open(customer);
  } else if (event.key === 'Enter' && mod) open(customer);
  else if (!settable(column, customer)) return false;
  else if (event.key === 'Enter' || event.key === 'F2') grid.edit();
  else if (isTyped(event) && (column.type.typing ?? false)) grid.edit(event.key);
  else return false;
  return true;
}
