import { t } from '@/lib/i18n.ts';
import { hasRole, lockReason } from '@/sync/facts.ts';
import type { Overlay, PendingValue } from '@/sync/overlay.ts';
import type { IdeaPatch, IdeaRow, Query, Role } from '@/sync/types.ts';
import { canEnterGroups, groupValues, keysOf } from '../shared/groups.ts';
import type { Drop } from './geometry.ts';
import type { BoardColumn, BoardModel } from './model.ts';
import type { CellCards, PendingMove } from './moves.ts';

/** A card that is moved. */
export interface MovedCard {
  row: IdeaRow;
  /** The path of the cell that it is moved out of. */
  from: string;
}

/** What a drop depends on. */
export interface DropContext {
  model: BoardModel;
  cards: (column: number, lane: number) => CellCards;
  query: Query;
  role: Role;
  overlay: Pick<Overlay, 'of'>;
}

/** What a drop does: it writes, it is refused with a reason, or nothing changes. */
export type DropPlan =
  | { does: 'nothing' }
  | { does: 'refuse'; reason: string }
  /** The order within the column follows from what the view is sorted by. */
  | { does: 'sorted' }
  | {
      does: 'write';
      ids: number[];
      values: PendingValue[];
      move?: IdeaPatch['move'];
      shown: Omit<PendingMove, 'group'>[];
    };

/** How the ideas are ordered: by hand, or by what a search or sort says. */
export function orderOf({ sort, search }: Query): 'manual' | 'sorted' | 'searched' {
  if (sort && sort.length > 0) return 'sorted';
  return search ? 'searched' : 'manual';
}

/** Why a column does not take so many more ideas; undefined when it does. */
export function limitReason(column: BoardColumn, more: number): string | undefined {
  const { limit, block, label, count } = column;
  if (!limit || !block || more <= 0 || count + more <= limit) return undefined;
  return t('board.full', { column: label, count, limit });
}

/** Why ideas cannot be brought from one cell to another; undefined when they can. */
function fixedReason(
  { model, role }: DropContext,
  moved: readonly MovedCard[],
  to: string,
): string | undefined {
  const target = keysOf(to);
  for (const [at, { field }] of model.groupings.entries()) {
    const changes = moved.some(({ from }) => JSON.stringify(keysOf(from)[at]) !== JSON.stringify(target[at]));
    if (!changes) continue;
    const locked = lockReason(field, role);
    if (locked !== undefined) return locked;
    if (!canEnterGroups(field)) return t('list.groupFixed', { field: field.name });
  }
  return undefined;
}

/** The idea beside which the cards come to stand, skipping those that are moved. */
function neighbour(
  cards: CellCards,
  index: number,
  moved: ReadonlySet<number>,
): { before: number } | { after: number } | undefined {
  for (let at = index; at < cards.length; at += 1) {
    const { row } = cards.at(at);
    if (!row) break;
    if (!moved.has(row.id)) return { before: row.id };
  }
  for (let at = index - 1; at >= 0; at -= 1) {
    const { row } = cards.at(at);
    if (!row) break;
    if (!moved.has(row.id)) return { after: row.id };
  }
  return undefined;
}

/** Whether cards dropped there stand where they stood. */
function isInPlace(cards: CellCards, index: number, ids: readonly number[]): boolean {
  const places = ids.map((id) => cards.indexOf(id));
  const [first] = places;
  if (first === undefined) return false;
  const inRow = places.every((place, at) => place === first + at);
  return inRow && index >= first && index <= first + ids.length;
}

/** What dropping cards at a place would do. */
export function planDrop(context: DropContext, moved: readonly MovedCard[], drop: Drop): DropPlan {
  const { model, query, role, overlay } = context;
  const column = model.columns[drop.column];
  const [first] = moved;
  if (!column || !first) return { does: 'nothing' };
  const cell = model.cell(drop.column, drop.lane);
  const cards = context.cards(drop.column, drop.lane);
  const ids = moved.map(({ row }) => row.id);
  const within = moved.every(({ from }) => from === cell.path);
  const order = orderOf(query);
  if (within && isInPlace(cards, drop.index, ids)) return { does: 'nothing' };
  if (within && order !== 'manual') return { does: 'sorted' };
  const mayRank = hasRole(role, 'editor');
  if (within && !mayRank) return { does: 'refuse', reason: t('board.rankLocked') };
  const coming = moved.filter(({ from }) => model.find(from)?.column !== drop.column).length;
  const reason = fixedReason(context, moved, cell.path) ?? limitReason(column, coming);
  if (reason !== undefined) return { does: 'refuse', reason };
  const values = moved.flatMap(({ row, from }) => {
    const step = { row, pending: overlay.of(row.id), from: keysOf(from), to: keysOf(cell.path) };
    const written = groupValues(model.groupings, step);
    return Array.isArray(written) ? written : [];
  });
  const beside = order === 'manual' && mayRank ? neighbour(cards, drop.index, new Set(ids)) : undefined;
  const move = beside && { ...beside, rank: query.rank };
  if (values.length === 0 && !move) return { does: 'nothing' };
  const before = beforeOf(cards, drop.index, ids);
  const shown = moved.map(({ row, from }) => ({ row, from, to: cell.path, before }));
  return { does: 'write', ids, values, move, shown };
}

/** The first card at or behind a place that is not moved. */
function beforeOf(cards: CellCards, index: number, ids: readonly number[]): number | undefined {
  for (let at = index; at < cards.length; at += 1) {
    const { row } = cards.at(at);
    if (!row || !ids.includes(row.id)) return row?.id;
  }
  return undefined;
}
