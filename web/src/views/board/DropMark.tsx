import type { Ref } from 'react';
import { t } from '@/lib/i18n.ts';
import { useProject } from '@/sync/project.tsx';
import { CardFace } from './Card.tsx';
import css from './DropMark.module.css';
import { type Drop, fixed } from './geometry.ts';
import { isOpen } from './model.ts';
import { orderOf } from './plan.ts';
import type { Board, Lift } from './use-board.ts';

/** Props of DropMark and DropGround. */
export interface DropMarkProps {
  board: Board;
  lift: Lift;
  drop: Drop;
}

/** The column or cell that the cards that are being moved would go to; red where it does not take them. */
export function DropGround({ board, lift, drop }: DropMarkProps) {
  const { geometry, model } = board;
  const [across, down] = [geometry.columns[drop.column], geometry.lanes[drop.lane]];
  const { does } = lift.plan;
  if (!across || !down || (does === 'nothing' && lift.by === 'pointer')) return null;
  const top = model.lanes[drop.lane]?.collapsed ? down.top : down.body - fixed.inset;
  return (
    <div
      className={css.ground}
      data-does={does}
      style={{
        insetInlineStart: across.left,
        insetBlockStart: top,
        inlineSize: across.width,
        blockSize: model.laned ? Math.max(down.bottom - top, fixed.laneHeader) : '100%',
      }}
    />
  );
}

/** The line between two cards where the cards that are being moved would go, where the order is by hand. */
export function DropMark({ board, lift, drop }: DropMarkProps) {
  const { geometry, model } = board;
  const [across, down] = [geometry.columns[drop.column], geometry.lanes[drop.lane]];
  const { does } = lift.plan;
  const byHand = orderOf(board.props.definition.query) === 'manual' && does !== 'refuse';
  if (!across || !down || !byHand || !isOpen(model, drop.column, drop.lane)) return null;
  if (does === 'nothing' && lift.by === 'pointer') return null;
  return (
    <div
      className={css.line}
      style={{
        insetInlineStart: across.left + fixed.inset,
        insetBlockStart: down.body + geometry.offset(drop.index) - fixed.cardGap / 2 - 1,
        inlineSize: across.width - 2 * fixed.inset,
      }}
    />
  );
}

/** Props of DragPreview. */
export interface DragPreviewProps {
  ref: Ref<HTMLDivElement>;
  board: Board;
  lift: Lift;
  width: number;
}

/** What is under the pointer while cards are dragged: the first of them, how many there are, and why not, if not. */
export function DragPreview({ ref, board, lift, width }: DragPreviewProps) {
  const { field } = useProject();
  const [first] = lift.cards;
  if (!first) return null;
  const { query } = board.props.definition;
  const sorted = query.sort?.[0];
  const note =
    lift.plan.does === 'refuse'
      ? lift.plan.reason
      : lift.plan.does === 'sorted' && sorted
        ? t('board.orderedBy', { field: field(sorted.field)?.name ?? sorted.field })
        : undefined;
  return (
    <div
      ref={ref}
      className={css.preview}
      aria-hidden="true"
      data-many={lift.cards.length > 1 || undefined}
      style={{ inlineSize: width - 2 * fixed.inset, blockSize: board.geometry.card }}
    >
      <CardFace row={first.row} look={board.look} projectKey={board.projectKey} />
      {lift.cards.length > 1 && <span className={css.badge}>{lift.cards.length}</span>}
      {note && <span className={css.note}>{note}</span>}
    </div>
  );
}
