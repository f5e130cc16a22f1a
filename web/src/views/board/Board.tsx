import '@/lib/messages/later/board.ts';
import { CircleAlert } from 'lucide-react';
import {
  type CSSProperties,
  type MouseEvent,
  type RefObject,
  useEffect,
  useId,
  useLayoutEffect,
  useRef,
} from 'react';
import { t } from '@/lib/i18n.ts';
import { useLatest } from '@/lib/latest.ts';
import { useProject } from '@/sync/project.tsx';
import type { Span } from '@/sync/result.ts';
import { Button } from '@/ui/Button.tsx';
import { EmptyState } from '@/ui/EmptyState.tsx';
import type { ViewProps } from '../types.ts';
import css from './Board.module.css';
import { CardEditor, type EditedValue, useCardEdit, valueUnder } from './CardEditor.tsx';
import { CardMenu } from './CardMenu.tsx';
import { AddButtons, activeCardId, Cells, type CellsProps } from './Cells.tsx';
import { ChooseColumns } from './ChooseColumns.tsx';
import { ColumnHeaders } from './ColumnHeader.tsx';
import { DragPreview, DropGround, DropMark } from './DropMark.tsx';
import { spansOf } from './geometry.ts';
import { Lanes } from './Lanes.tsx';
import { Loading } from './Loading.tsx';
import { isOpen } from './model.ts';
import { SelectionBar } from './SelectionBar.tsx';
import { type Board as BoardModel, useBoard } from './use-board.ts';
import { cardElement, useBoardDrag } from './use-board-drag.ts';
import { useBoardKeys } from './use-board-keys.ts';
import { type BoardView, type Place, useBoardView, useVisible } from './use-visible.ts';

/** Ideas as cards, in a column for each value of a field and, if wanted, a swimlane for each of another. */
export default function Board(props: ViewProps) {
  const { field } = useProject();
  const { state, window } = props.result;
  const [by] = props.definition.query.group ?? [];
  if (state.status === 'failed') {
    return (
      <EmptyState
        icon={CircleAlert}
        title={t('list.failed')}
        actions={<Button onClick={window.refresh}>{t('list.retry')}</Button>}
      >
        {state.error?.message}
      </EmptyState>
    );
  }
  if (!by || !field(by.field)) return <ChooseColumns {...props} />;
  if (state.status === 'loading') return <Loading />;
  return <Columns {...props} />;
}

const headings = { plain: 44, withRollups: 64 };

function Columns(props: ViewProps) {
  const board = useBoard(props);
  const scroller = useRef<HTMLDivElement>(null);
  const cardsBox = useRef<HTMLDivElement>(null);
  const prefix = useId();
  const { model, geometry, state, place } = board;
  const { result } = props;
  const header = (props.definition.query.rollups ?? []).length > 0 ? headings.withRollups : headings.plain;
  const view = useBoardView(scroller, geometry, header);
  const preview = useRef<HTMLDivElement>(null);
  const { edited, edit, close } = useCardEdit();
  const drag = useBoardDrag({ board, scroller, header, preview });
  const onKeyDown = useBoardKeys({
    board,
    view,
    page: () => Math.max(1, Math.floor((scroller.current?.clientHeight ?? 400) / geometry.card) - 2),
  });
  useAddingInSight(board, view);
  if (model.columns.length === 0) return props.empty;

  const focusCards = () => cardsBox.current?.focus({ preventScroll: true });
  return (
    <div className={css.board} data-colors={props.definition.colorBy?.style}>
      <div
        ref={scroller}
        className={css.scroller}
        style={{ '--heading-height': `${header}px` } as CSSProperties}
        data-pending={result.pending || undefined}
        data-dragging={state.lift?.by === 'pointer' || undefined}
        aria-busy={result.pending}
      >
        <ColumnHeaders board={board} view={view} height={header} />
        <div className={css.body} style={{ blockSize: geometry.height, inlineSize: geometry.width }}>
          <Lanes board={board} view={view} header={header} />
          {state.lift?.drop && <DropGround board={board} lift={state.lift} drop={state.lift.drop} />}
          <CardMenu board={board}>
            <div
              ref={cardsBox}
              role="listbox"
              tabIndex={0}
              aria-multiselectable="true"
              aria-label={t('list.label', { view: props.definition.name })}
              className={css.cards}
              onKeyDown={onKeyDown}
              onFocus={() => {
                if (!place && !state.lift) board.go(firstVisible(board, view));
              }}
              onPointerDown={(event) => {
                drag.onPointerDown(event);
                if (cardElement(event.target)) focusCards();
              }}
              onContextMenu={(event) => pointAt(event, board)}
              onClick={(event) => {
                if (drag.wasDrag()) return;
                const value = pressedValue(event, board);
                if (value) edit(value);
                else clickCard(event, board);
              }}
            >
              <Cells board={board} view={view} prefix={prefix} />
            </div>
          </CardMenu>
          {board.mayAdd && <AddButtons board={board} view={view} onLeave={focusCards} />}
          {state.lift?.drop && <DropMark board={board} lift={state.lift} drop={state.lift.drop} />}
        </div>
      </div>
      {state.lift?.by === 'pointer' && (
        <DragPreview ref={preview} board={board} lift={state.lift} width={geometry.column} />
      )}
      {result.state.total === 0 && props.empty}
      {edited && (
        <CardEditor
          key={`${edited.row.id} ${edited.field.ref}`}
          edited={edited}
          onClose={() => {
            close();
            focusCards();
          }}
        />
      )}
      <Follower board={board} view={view} prefix={prefix} box={cardsBox} />
      <SelectionBar board={board} />
      <p className="visually-hidden" role="status">
        {board.said}
      </p>
    </div>
  );
}

interface FollowerProps extends CellsProps {
  prefix: string;
  /** The list of cards. */
  box: RefObject<HTMLElement | null>;
}

/** Loads what is in sight, and names the active card where it is drawn. Draws nothing itself. */
function Follower({ board, view, prefix, box }: FollowerProps): null {
  const { window } = board.props.result;
  const visible = useVisible(board.geometry, view);
  const wanted = JSON.stringify(spansOf(board.model, visible));
  useEffect(() => window.show(...(JSON.parse(wanted) as Span[])), [window, wanted]);
  const id = activeCardId(board, visible, prefix);
  useLayoutEffect(() => {
    if (id === undefined) box.current?.removeAttribute('aria-activedescendant');
    else box.current?.setAttribute('aria-activedescendant', id);
  }, [id, box]);
  return null;
}

/** Shows the line in which an idea is being added, also when the column has grown by one. */
function useAddingInSight(board: BoardModel, view: BoardView): void {
  const { adding } = board.state;
  const cell = adding === null ? undefined : board.model.find(adding);
  const { column = 0, lane = 0 } = cell ?? {};
  const index = cell ? board.cards(column, lane).length : -1;
  const latest = useLatest(view);
  useLayoutEffect(() => {
    if (index >= 0) latest().reveal({ column, lane, index });
  }, [column, lane, index, latest]);
}

function firstVisible({ model, cards }: BoardModel, view: BoardView): Place | null {
  const visible = view.now();
  for (const { lane, first } of visible.lanes)
    for (let { first: column } = visible.columns; column <= visible.columns.last; column += 1) {
      if (!isOpen(model, column, lane)) continue;
      const { length } = cards(column, lane);
      if (length > first) return { column, lane, index: first === 0 ? 0 : Math.min(first + 2, length - 1) };
    }
  return null;
}

function placeOf(target: EventTarget | null, board: BoardModel): Place | undefined {
  const card = cardElement(target);
  const cell = card && board.model.find(card.dataset.cell ?? '');
  if (!card || !cell) return undefined;
  return { column: cell.column, lane: cell.lane, index: Number(card.dataset.index) };
}

/** A right click chooses the card that the menu is about. */
function pointAt(event: MouseEvent, board: BoardModel): void {
  const place = placeOf(event.target, board);
  if (place) board.go(place);
}

/** The value on a card that a plain click is on. */
function pressedValue(event: MouseEvent, board: BoardModel): EditedValue | undefined {
  const element = valueUnder(event.target);
  const place = element && placeOf(event.target, board);
  if (!place || event.shiftKey || event.ctrlKey || event.metaKey) return undefined;
  if (event.target instanceof Element && event.target.closest('a, button')) return undefined;
  const { row } = board.cards(place.column, place.lane).at(place.index);
  const field = board.look.fields.find((each) => each.field.ref === element.dataset.value)?.field;
  if (!row || !field) return undefined;
  board.go(place);
  return { row, field, element };
}

/** A click opens; with Ctrl or Command it selects, with Shift it selects up to there. */
function clickCard(event: MouseEvent, board: BoardModel): void {
  const place = placeOf(event.target, board);
  if (!place || (event.target instanceof Element && event.target.closest('a, button'))) return;
  const { row } = board.cards(place.column, place.lane).at(place.index);
  const from = board.place;
  board.go(place);
  if (event.shiftKey) board.extend(from ?? place, place);
  else if (event.ctrlKey || event.metaKey) board.toggle(place);
  else if (row) board.props.onOpen(`${board.projectKey}-${row.number}`);
}
