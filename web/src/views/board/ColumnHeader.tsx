import { ChevronsLeftRight, ChevronsRightLeft, Ellipsis, EyeOff, Gauge, Plus } from 'lucide-react';
import { type ReactElement, useMemo, useRef, useState } from 'react';
import { typeOf } from '@/fields/registry.ts';
import { formatNumber } from '@/lib/format.ts';
import { t } from '@/lib/i18n.ts';
import { useProject } from '@/sync/project.tsx';
import type { FieldInfo } from '@/sync/types.ts';
import { IconButton } from '@/ui/Button.tsx';
import { Menu, type MenuEntry } from '@/ui/Menu.tsx';
import { OptionChip } from '@/ui/OptionChip.tsx';
import { Popover } from '@/ui/Popover.tsx';
import { rollupName, rollupText } from '../shared/rollups.ts';
import css from './ColumnHeader.module.css';
import { LimitForm } from './LimitForm.tsx';
import { boardOf, withBoard, withGroupSettings, withHidden } from './layout.ts';
import type { BoardColumn } from './model.ts';
import type { Board } from './use-board.ts';
import { type BoardView, useVisible } from './use-visible.ts';

interface ColumnHeaderProps {
  board: Board;
  column: BoardColumn;
  left: number;
  width: number;
  onAdd: () => void;
}

/** Changes what is set for a column. */
export function useColumnSettings(board: Board, column: Pick<BoardColumn, 'key'>) {
  const { definition, onChange } = board.props;
  const field = board.model.groupings[0]?.field.ref ?? '';
  return (change: Parameters<typeof withGroupSettings>[2]) => {
    const groups = withGroupSettings(boardOf(definition), { field, key: column.key }, change);
    onChange(withBoard(definition, { groups }));
  };
}

/** Props of ColumnHeaders. */
export interface ColumnHeadersProps {
  board: Board;
  view: BoardView;
  height: number;
}

/** The headings of the columns that are in sight. */
export function ColumnHeaders({ board, view, height }: ColumnHeadersProps) {
  const { model, geometry, setState } = board;
  const { first, last } = useVisible(geometry, view).columns;
  // Scrolling down draws the same headings: they need not render again.
  const headings = useMemo(
    () =>
      model.columns.slice(first, last + 1).map((column, at) => {
        const { left = 0, width = 0 } = geometry.columns[first + at] ?? {};
        const { path } = model.cell(first + at, 0);
        const onAdd = () => setState((now) => ({ ...now, adding: path }));
        return (
          <ColumnHeader
            key={column.path}
            board={board}
            column={column}
            left={left}
            width={width}
            onAdd={onAdd}
          />
        );
      }),
    [board, model, geometry, setState, first, last],
  );
  return (
    <div className={css.header} style={{ blockSize: height, inlineSize: geometry.width }}>
      {headings}
    </div>
  );
}

/** The heading of a column: its name, how many ideas it has, its roll-ups, and what can be done with it. */
function ColumnHeader({ board, column, left, width, onAdd }: ColumnHeaderProps) {
  const set = useColumnSettings(board, column);
  const element = useRef<HTMLDivElement>(null);
  const [limiting, setLimiting] = useState(false);
  const { definition, onChange } = board.props;
  const place = { insetInlineStart: left, inlineSize: width };
  if (column.collapsed) {
    return (
      <div className={css.column} data-collapsed style={place}>
        <IconButton
          label={t('list.expand', { group: column.label })}
          icon={ChevronsLeftRight}
          size="tiny"
          onClick={() => set({ collapsed: false })}
        />
      </div>
    );
  }
  const items: (MenuEntry | false)[] = [
    board.mayAdd && { id: 'add', label: t('list.add'), icon: Plus, onSelect: onAdd },
    { id: 'limit', label: t('board.limit.set'), icon: Gauge, onSelect: () => setLimiting(true) },
    {
      id: 'collapse',
      label: t('board.collapse'),
      icon: ChevronsRightLeft,
      onSelect: () => set({ collapsed: true }),
    },
    {
      id: 'hide',
      label: t('board.hide'),
      icon: EyeOff,
      onSelect: () => onChange({ query: withHidden(definition.query, column.key, true) }),
    },
  ];
  return (
    <div ref={element} className={css.column} style={place}>
      <div className={css.line}>
        <GroupName group={column} field={board.model.groupings[0]?.field} />
        {!boardOf(definition).hideCounts && <Count column={column} />}
        <span className={css.tools}>
          <Menu
            align="end"
            items={items.filter((item): item is MenuEntry => item !== false)}
            trigger={menuButton(column.label)}
          />
        </span>
      </div>
      <Rollups column={column} />
      <Popover
        label={t('board.limit.of', { column: column.label })}
        anchor={element}
        open={limiting}
        onOpenChange={setLimiting}
      >
        <LimitForm
          limit={column.limit}
          block={column.block}
          onChange={(change) => set(change)}
          onDone={() => setLimiting(false)}
        />
      </Popover>
    </div>
  );
}

function menuButton(column: string): ReactElement<Record<string, unknown>> {
  return <IconButton label={t('board.columnMenu', { column })} icon={Ellipsis} size="tiny" />;
}

/** Types whose values are shown in headings as they are in cells. */
const shownAsCell = new Set(['rating', 'person', 'people']);

/** Props of GroupName. */
export interface GroupNameProps {
  group: Pick<BoardColumn, 'key' | 'label' | 'color'>;
  /** The field that it is a group of. */
  field: FieldInfo | undefined;
}

/** A column's or lane's name: the chip of its option, stars, a person. */
export function GroupName({ group, field }: GroupNameProps) {
  const { key, label, color } = group;
  const { Cell } = field && key !== null && shownAsCell.has(field.type) ? typeOf(field) : {};
  return (
    <h2 className={css.name} title={label}>
      {color && <OptionChip label={label} color={color} />}
      {Cell && field && <Cell field={field} value={field.type === 'people' ? [Number(key)] : key} />}
      {!color && !Cell && label}
    </h2>
  );
}

function Count({ column }: { column: BoardColumn }) {
  const { count, limit } = column;
  const over = limit !== undefined && count > limit;
  const full = limit !== undefined && count === limit;
  const text = limit === undefined ? formatNumber(count) : t('board.count', { count, limit });
  const spoken =
    limit === undefined
      ? t('list.count', { n: count })
      : t(over ? 'board.over' : 'board.within', { count, limit });
  return (
    <span className={css.count} data-over={over || undefined} data-full={full || undefined} title={spoken}>
      <span aria-hidden="true">{text}</span>
      <span className="visually-hidden">{spoken}</span>
    </span>
  );
}

/** What the ideas of a column or lane come to. */
export function Rollups({ column }: { column: Pick<BoardColumn, 'rollups'> }) {
  const { field } = useProject();
  const shown = column.rollups.filter((rollup) => rollup.value !== null);
  if (column.rollups.length === 0) return null;
  return (
    <p className={css.rollups}>
      {shown.map((rollup) => {
        const name = field(rollup.field)?.name ?? '';
        const op = t(`list.rollup.${rollupName(rollup.op)}`);
        return (
          <span key={`${rollup.field} ${rollup.op}`} title={`${op}: ${name}`}>
            {name} <strong>{rollupText(rollup, field(rollup.field))}</strong>
          </span>
        );
      })}
    </p>
  );
}
