import { t } from '@/lib/i18n.ts';
import { FoldButton } from '../shared/FoldButton.tsx';
import head from './ColumnHeader.module.css';
import { GroupName, Rollups, useColumnSettings } from './ColumnHeader.tsx';
import type { Visible } from './geometry.ts';
import css from './Lanes.module.css';
import { boardOf, withBoard, withGroupSettings } from './layout.ts';
import type { BoardColumn } from './model.ts';
import type { Board } from './use-board.ts';
import { type BoardView, useVisible } from './use-visible.ts';

/** Props of Lanes. */
export interface LanesProps {
  board: Board;
  view: BoardView;
  /** Height of the headings that lanes stick below. */
  header: number;
}

/** What lies behind the cards: the columns' grounds, lane by lane, and the lanes' headings. */
export function Lanes({ board, view, header }: LanesProps) {
  const { model, geometry } = board;
  const visible = useVisible(geometry, view);
  return visible.lanes.map(({ lane }) => {
    const [own, place] = [model.lanes[lane], geometry.lanes[lane]];
    if (!own || !place) return null;
    return (
      <div
        key={own.path}
        className={css.lane}
        data-only={!model.laned || undefined}
        style={{ insetBlockStart: place.top, blockSize: model.laned ? place.bottom - place.top : '100%' }}
      >
        {model.laned && <LaneHeading board={board} lane={lane} header={header} />}
        {!own.collapsed && <Grounds board={board} visible={visible} top={model.laned ? 36 : 0} />}
      </div>
    );
  });
}

function LaneHeading({ board, lane, header }: { board: Board; lane: number; header: number }) {
  const own = board.model.lanes[lane];
  if (!own) return null;
  const toggle = () => {
    const { definition, onChange } = board.props;
    const field = board.model.groupings[1]?.field.ref ?? '';
    const change = { collapsed: !own.collapsed };
    onChange(
      withBoard(definition, {
        groups: withGroupSettings(boardOf(definition), { field, key: own.key }, change),
      }),
    );
  };
  return (
    <div className={css.heading} style={{ insetBlockStart: header }}>
      <div className={css.name}>
        <FoldButton group={own.label} open={!own.collapsed} aria-expanded={!own.collapsed} onClick={toggle} />
        <GroupName group={own} field={board.model.groupings[1]?.field} />
        <span className={head.count}>{t('list.count', { n: own.count })}</span>
        <Rollups column={own} />
      </div>
    </div>
  );
}

function Grounds({ board, visible, top }: { board: Board; visible: Visible; top: number }) {
  const { model, geometry } = board;
  return model.columns.slice(visible.columns.first, visible.columns.last + 1).map((column, at) => {
    const place = geometry.columns[visible.columns.first + at];
    if (!place) return null;
    return (
      <div
        key={column.path}
        className={css.ground}
        data-full={(column.limit !== undefined && column.count > column.limit) || undefined}
        style={{ insetInlineStart: place.left, insetBlockStart: top, inlineSize: place.width }}
      >
        {column.collapsed && <Folded board={board} column={column} />}
      </div>
    );
  });
}

/** The name of a column that shows nothing else, from top to bottom. */
function Folded({ board, column }: { board: Board; column: BoardColumn }) {
  const set = useColumnSettings(board, column);
  return (
    <button
      type="button"
      tabIndex={-1}
      className={css.folded}
      aria-hidden="true"
      title={t('list.expand', { group: column.label })}
      onClick={() => set({ collapsed: false })}
    >
      {column.label} <span className={head.count}>{column.count}</span>
    </button>
  );
}
