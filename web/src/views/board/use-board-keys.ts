import type { KeyboardEvent } from 'react';
import { t } from '@/lib/i18n.ts';
import { isMac } from '@/lib/keys.ts';
import type { Drop } from './geometry.ts';
import { cellLabel } from './model.ts';
import { type Board, type Lift, movedWith } from './use-board.ts';
import type { BoardView, Place } from './use-visible.ts';

interface KeyTools {
  board: Board;
  view: BoardView;
  /** Cards that fit on the screen. */
  page: () => number;
}

type Direction = 'up' | 'down' | 'left' | 'right';

const arrows: Record<string, Direction> = {
  ArrowUp: 'up',
  ArrowDown: 'down',
  ArrowLeft: 'left',
  ArrowRight: 'right',
};

/** The card beside one, undefined where there is none. Lanes and columns that are folded are passed over. */
export function cardBeside(
  board: Pick<Board, 'model' | 'cards'>,
  from: Place,
  to: Direction,
): Place | undefined {
  const { model, cards } = board;
  const shown = (column: number, lane: number) =>
    model.columns[column]?.collapsed || model.lanes[lane]?.collapsed ? 0 : cards(column, lane).length;
  if (to === 'left' || to === 'right') {
    const by = to === 'left' ? -1 : 1;
    for (let column = from.column + by; model.columns[column]; column += by) {
      const length = shown(column, from.lane);
      if (length > 0) return { ...from, column, index: Math.min(from.index, length - 1) };
    }
    return undefined;
  }
  if (to === 'down' && from.index + 1 < shown(from.column, from.lane))
    return { ...from, index: from.index + 1 };
  if (to === 'up' && from.index > 0) return { ...from, index: from.index - 1 };
  const by = to === 'up' ? -1 : 1;
  for (let lane = from.lane + by; model.lanes[lane]; lane += by) {
    const length = shown(from.column, lane);
    if (length > 0) return { ...from, lane, index: by < 0 ? length - 1 : 0 };
  }
  return undefined;
}

/** The first card of the board. */
function firstCard({ model, cards }: Board): Place | undefined {
  for (const [lane, { collapsed }] of model.lanes.entries())
    for (const [column, each] of model.columns.entries())
      if (!collapsed && !each.collapsed && cards(column, lane).length > 0) return { column, lane, index: 0 };
  return undefined;
}

/** The place beside one for cards that are lifted; those where nothing would change are passed over. */
function dropBeside(board: Board, lift: Lift, to: Direction): Drop | undefined {
  const { model, cards } = board;
  const from = lift.drop;
  if (!from) return undefined;
  if (to === 'left' || to === 'right') {
    const column = from.column + (to === 'left' ? -1 : 1);
    if (!model.columns[column]) return undefined;
    return { ...from, column, index: Math.min(from.index, cards(column, from.lane).length) };
  }
  const by = to === 'up' ? -1 : 1;
  let next: Drop = { ...from, index: from.index + by };
  while (next.index >= 0 && next.index <= cards(next.column, next.lane).length) {
    if (board.planFor(lift.cards, next).does !== 'nothing') return next;
    next = { ...next, index: next.index + by };
  }
  const lane = from.lane + by;
  if (!model.lanes[lane]) return undefined;
  return { ...from, lane, index: by < 0 ? cards(from.column, lane).length : 0 };
}

function sayPlace(board: Board, drop: Drop, lift: Lift): void {
  const { model, cards } = board;
  const plan = board.planFor(lift.cards, drop);
  const where = t('board.at', {
    column: cellLabel(model, drop.column, drop.lane),
    n: drop.index + 1,
    of: cards(drop.column, drop.lane).length + 1,
  });
  board.say(plan.does === 'refuse' ? `${where}. ${plan.reason}` : where);
}

/** Keys while cards are lifted: arrows carry them, Enter and Space drop, Esc gives up. */
function carry(event: KeyboardEvent, { board, view }: KeyTools, lift: Lift): boolean {
  if (event.key === 'Escape') {
    board.setState((last) => ({ ...last, lift: null }));
    board.say(t('board.cancelled'));
    return true;
  }
  if (event.key === 'Enter' || event.key === ' ') {
    if (lift.drop) board.drop(lift.cards, lift.drop);
    return true;
  }
  const to = arrows[event.key];
  if (!to) return event.key !== 'Tab';
  const drop = dropBeside(board, lift, to);
  if (!drop) return true;
  board.setState((last) => ({ ...last, lift: { ...lift, drop, plan: board.planFor(lift.cards, drop) } }));
  view.reveal({
    ...drop,
    index: Math.min(drop.index, Math.max(0, board.cards(drop.column, drop.lane).length - 1)),
  });
  sayPlace(board, drop, lift);
  return true;
}

function pickUp(board: Board, at: Place): void {
  const { row } = board.cards(at.column, at.lane).at(at.index);
  if (!row) return;
  const cards = movedWith(board, row, board.model.cell(at.column, at.lane).path);
  const drop = { ...at };
  board.setState((last) => ({
    ...last,
    lift: { cards, by: 'keys', drop, plan: { does: 'nothing' } },
  }));
  board.say(t('board.lifted', { n: cards.length, title: String(row.values.title ?? '') }));
}

/** Where a key leads; undefined for keys that do not move. */
function placeAfter(event: KeyboardEvent, { board, page }: KeyTools, from: Place): Place | undefined {
  const to = arrows[event.key];
  if (to) return cardBeside(board, from, to) ?? from;
  const last = board.cards(from.column, from.lane).length - 1;
  switch (event.key) {
    case 'Home':
      return event.ctrlKey || event.metaKey ? firstCard(board) : { ...from, index: 0 };
    case 'End':
      return { ...from, index: last };
    case 'PageUp':
      return { ...from, index: Math.max(0, from.index - page()) };
    case 'PageDown':
      return { ...from, index: Math.min(last, from.index + page()) };
    default:
      return undefined;
  }
}

function commandKey(event: KeyboardEvent, board: Board, at: Place): boolean {
  const { row } = board.cards(at.column, at.lane).at(at.index);
  const mod = isMac ? event.metaKey : event.ctrlKey;
  if (mod || event.altKey) return false;
  if (event.key === 'Enter' && row) openCard(board, row.number);
  else if (event.key === ' ') pickUp(board, at);
  else if (event.key === 'x') board.toggle(at);
  else if (event.key === 'n' && board.mayAdd)
    board.setState((last) => ({ ...last, adding: board.model.cell(at.column, at.lane).path }));
  else if (event.key === 'Escape' && board.state.selected.size > 0)
    board.setState((last) => ({ ...last, selected: new Map() }));
  else return false;
  return true;
}

function openCard(board: Board, number: number): void {
  board.props.onOpen(`${board.projectKey}-${number}`);
}

/** The board's keys. */
export function useBoardKeys(tools: KeyTools): (event: KeyboardEvent) => void {
  return (event) => {
    const { board, view } = tools;
    if (event.target !== event.currentTarget || event.nativeEvent.isComposing) return;
    const { lift } = board.state;
    if (lift) {
      if (carry(event, tools, lift)) event.preventDefault();
      return;
    }
    const { place } = board;
    const next = place ? placeAfter(event, tools, place) : arrows[event.key] && firstCard(board);
    if (next) {
      event.preventDefault();
      if (event.shiftKey && place && arrows[event.key]) board.extend(place, next);
      board.go(next);
      view.reveal(next);
    } else if (place && commandKey(event, board, place)) event.preventDefault();
  };
}
