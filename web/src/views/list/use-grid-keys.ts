import type { KeyboardEvent } from 'react';
import { t } from '@/lib/i18n.ts';
import { isMac } from '@/lib/keys.ts';
import { mayEdit } from '@/sync/facts.ts';
import type { IdeaRow } from '@/sync/types.ts';
import { clearCells, clipboardHandlers, fillDown, isTyped, type SheetTools } from '../shared/sheet/keys.ts';
import { type GridState, placeAfterKey, rangeOf, tickAll, untick } from '../shared/sheet/selection.ts';
import type { Grid } from './use-grid.ts';

/** What the keys need beside the grid. */
export interface KeyTools {
  grid: Grid;
  /** Lines that fit on the screen. */
  page: () => number;
  /** Moves the active idea by hand, up (-1) or down (1). */
  rank: (by: -1 | 1) => void;
}

/** The button with the name of a column, if it is drawn. */
export function heading(grid: Element, column: number): HTMLElement | null {
  return grid.querySelector<HTMLElement>(`[role="columnheader"][aria-colindex="${column + 2}"] button`);
}

/** The grid's keys, as in a spreadsheet. */
export function useGridKeys(tools: KeyTools) {
  const { grid } = tools;
  return {
    onKeyDown: (event: KeyboardEvent) => {
      // Menus and editors float above the grid and pass their keys on to it; only its own are meant for it.
      if (event.target !== event.currentTarget || event.nativeEvent.isComposing) return;
      const done =
        event.key === 'Tab'
          ? false
          : moveKey(event, tools) || commandKey(event, tools) || cellKey(event, tools);
      if (done) event.preventDefault();
    },
    ...clipboardHandlers(sheetTools(grid)),
  };
}

/** The grid as the keys of spreadsheets see it. */
function sheetTools(grid: Grid): SheetTools<IdeaRow> {
  return {
    sheet: grid.cells,
    range: rangeOf(grid.state),
    editing: grid.state.editing !== null,
    load: async (top, bottom) => {
      const positions: number[] = [];
      for (let item = top; item <= bottom; item += 1) {
        const line = grid.layout.at(item);
        if (line?.kind === 'row') positions.push(line.position);
      }
      if (positions.length > 0) await grid.cells.window.load(Math.min(...positions), Math.max(...positions));
    },
    run: grid.run,
    say: grid.say,
  };
}

function moveKey(event: KeyboardEvent, { grid, page, rank }: KeyTools): boolean {
  const { active } = grid.state;
  const mod = event.ctrlKey || event.metaKey;
  if (event.altKey) {
    const by = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (by === undefined || !active) return false;
    rank(by as -1 | 1);
    return true;
  }
  if (event.key === 'ArrowUp' && !mod && active?.item === 0) {
    heading(event.currentTarget, active.column)?.focus();
    return true;
  }
  const line = active && grid.layout.at(active.item);
  if (line?.kind === 'group' && (event.key === 'ArrowLeft' || event.key === 'ArrowRight') && !mod) {
    if (line.collapsed === (event.key === 'ArrowRight')) grid.toggleGroup(line.path);
    return true;
  }
  const extent = { items: grid.layout.count, columns: grid.columns.length, page: page() };
  const next = placeAfterKey({ key: event.key, mod }, active ?? { item: 0, column: 0 }, extent);
  if (!next) return false;
  grid.go(active ? next : { item: 0, column: 0 }, event.shiftKey ? 'extend' : 'move');
  return true;
}

function commandKey(event: KeyboardEvent, { grid }: KeyTools): boolean {
  const mod = isMac ? event.metaKey : event.ctrlKey;
  const range = rangeOf(grid.state);
  if (mod && event.key.toLowerCase() === 'a') {
    const ids = grid.cells.window.loaded().map(({ row }) => row.id);
    grid.setState((last) => tickAll(last, ids));
    grid.say(t('list.did.selected', { n: grid.props.result.state.total }));
    return true;
  }
  if (mod && event.key.toLowerCase() === 'd' && range) {
    fillDown(sheetTools(grid));
    return true;
  }
  if (event.key === 'Escape') return giveUp(grid);
  return false;
}

/** Esc gives up one thing after the other: the range, the ticks. */
function giveUp(grid: Grid): boolean {
  const { state } = grid;
  if (state.anchor) grid.setState((last) => ({ ...last, anchor: null }));
  else if (state.selected.size > 0) grid.setState(untick);
  else return false;
  return true;
}

function cellKey(event: KeyboardEvent, { grid }: KeyTools): boolean {
  const { active } = grid.state;
  const line = active && grid.layout.at(active.item);
  if (!active || !line) return false;
  if (line.kind === 'group') {
    if (event.key !== 'Enter' && event.key !== ' ') return false;
    grid.toggleGroup(line.path);
    return true;
  }
  if (line.kind === 'add') {
    if (event.key === 'Enter' || event.key === 'F2') grid.edit();
    else return false;
    return true;
  }
  return rowKey(event, grid, grid.state);
}

function rowKey(event: KeyboardEvent, grid: Grid, { active }: GridState): boolean {
  const row = active && grid.cells.rowAt(active.item);
  const column = active && grid.columns[active.column];
  if (!active || !row || !column) return false;
  const { field, type } = column;
  const editable = mayEdit(field, grid.cells.role);
  const value = grid.cells.value(row, field);
  if (event.key === ' ') {
    if (event.shiftKey) grid.tick(active.item, false);
    else grid.props.onOpen(`${grid.cells.projectKey}-${row.number}`);
    return true;
  }
  if (event.key === 'Delete' || event.key === 'Backspace') {
    clearCells(sheetTools(grid));
    return true;
  }
  if (event.key === 'Enter' || event.key === 'F2') {
    if (event.ctrlKey || event.metaKey) grid.props.onOpen(`${grid.cells.projectKey}-${row.number}`);
    else if (type.toggle && editable) grid.commit(row, field, type.toggle(value), 'stay');
    else grid.edit();
    return true;
  }
  if (!isTyped(event) || !editable) return false;
  const set = type.keyValue?.(event.key, value, field);
  if (set !== undefined) grid.commit(row, field, set, 'stay');
  else if (type.typing) grid.edit(event.key);
  else return false;
  return true;
}
