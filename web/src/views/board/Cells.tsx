import { Fragment, type ReactNode } from 'react';
import { t } from '@/lib/i18n.ts';
import { AddCard } from './AddCard.tsx';
import css from './Board.module.css';
import { Card } from './Card.tsx';
import { fixed, type Visible } from './geometry.ts';
import { cellLabel, isOpen } from './model.ts';
import type { Board } from './use-board.ts';
import { type BoardView, type Place, useVisible } from './use-visible.ts';

/** Props of what draws the part of a board that is in sight. */
export interface CellsProps {
  board: Board;
  view: BoardView;
}

/** Draws something for each open cell that is visible. */
function eachCell(
  board: Board,
  visible: Visible,
  draw: (column: number, lane: { lane: number; first: number; last: number }) => ReactNode,
): ReactNode[] {
  const { model } = board;
  const drawn: ReactNode[] = [];
  for (const lane of visible.lanes) {
    for (let column = visible.columns.first; column <= visible.columns.last; column += 1) {
      if (!isOpen(model, column, lane.lane)) continue;
      drawn.push(<Fragment key={model.cell(column, lane.lane).path}>{draw(column, lane)}</Fragment>);
    }
  }
  return drawn;
}

/** The id of a card's element: an idea may stand in several cells. */
export function cardId(prefix: string, { column, lane }: Pick<Place, 'column' | 'lane'>, id: number): string {
  return `${prefix}-${column}-${lane}-${id}`;
}

/** The id of the active card's element, where it is drawn. */
export function activeCardId(board: Board, visible: Visible, prefix: string): string | undefined {
  const { place, model, cards } = board;
  if (!place || !isOpen(model, place.column, place.lane)) return undefined;
  const { first, last } = visible.columns;
  const lane = visible.lanes.find((each) => each.lane === place.lane);
  const drawn = first <= place.column && place.column <= last && lane && lane.first <= place.index;
  if (!drawn || place.index > lane.last) return undefined;
  const { row } = cards(place.column, place.lane).at(place.index);
  return row && cardId(prefix, place, row.id);
}

/** The cards that are visible, cell by cell. */
export function Cells({ board, view, prefix }: CellsProps & { prefix: string }) {
  const { model, geometry, cards, state, place, look, projectKey } = board;
  const visible = useVisible(geometry, view);
  const lifted = new Set(state.lift?.cards.map(({ row }) => row.id));
  return eachCell(board, visible, (column, { lane, first, last }) => {
    const { path } = model.cell(column, lane);
    const own = cards(column, lane);
    const [across, down] = [geometry.columns[column], geometry.lanes[lane]];
    if (!across || !down || own.length <= first) return null;
    return (
      <div
        role="group"
        aria-label={t('board.cell', { name: cellLabel(model, column, lane), n: own.length })}
        className={css.cell}
        style={{
          insetInlineStart: across.left + fixed.inset,
          insetBlockStart: down.body,
          inlineSize: across.width - 2 * fixed.inset,
        }}
      >
        {Array.from({ length: Math.min(last, own.length - 1) - first + 1 }, (_, at) => {
          const index = first + at;
          const { row, position } = own.at(index);
          const isActive =
            place !== null && place.column === column && place.lane === lane && place.index === index;
          return (
            <Card
              key={row ? row.id : `at ${position}`}
              id={row ? cardId(prefix, { column, lane }, row.id) : ''}
              row={row}
              projectKey={projectKey}
              look={look}
              cell={path}
              index={index}
              top={geometry.offset(index)}
              height={geometry.card}
              active={isActive}
              selected={row !== undefined && state.selected.has(row.id)}
              open={row !== undefined && board.props.openIdea === `${projectKey}-${row.number}`}
              lifted={row !== undefined && lifted.has(row.id)}
            />
          );
        })}
      </div>
    );
  });
}

/** Below each cell's cards, the button or line that adds one. */
export function AddButtons({ board, view, onLeave }: CellsProps & { onLeave: () => void }) {
  const { model, geometry, cards, state } = board;
  const visible = useVisible(geometry, view);
  return eachCell(board, visible, (column, { lane, first }) => {
    const cell = model.cell(column, lane);
    const { length } = cards(column, lane);
    const [across, down] = [geometry.columns[column], geometry.lanes[lane]];
    const adding = state.adding === cell.path;
    // Of a cell whose end is out of sight nothing is drawn, unless somebody types there.
    const beyond =
      length < first || length > (visible.lanes.find((each) => each.lane === lane)?.last ?? 0) + 1;
    if (!across || !down || (beyond && !adding)) return null;
    return (
      <AddCard
        left={across.left + fixed.inset}
        top={down.body + geometry.offset(length)}
        width={across.width - 2 * fixed.inset}
        label={cellLabel(model, column, lane)}
        adding={adding}
        onStart={() => board.setState((last) => ({ ...last, adding: cell.path }))}
        onAdd={(title) => board.add(cell, title)}
        onLeave={() => {
          board.setState((last) => (last.adding === cell.path ? { ...last, adding: null } : last));
          onLeave();
        }}
      />
    );
  });
}
