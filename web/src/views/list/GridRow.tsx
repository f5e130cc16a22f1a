import { draggable } from '@atlaskit/pragmatic-drag-and-drop/element/adapter';
import { type CSSProperties, memo, useEffect, useRef } from 'react';
import { FormatMark } from '@/fields/FormatMark.tsx';
import { LockedNote } from '@/fields/LockedNote.tsx';
import type { Anchor, FieldType, Move } from '@/fields/types.ts';
import { cx } from '@/lib/cx.ts';
import { t } from '@/lib/i18n.ts';
import { lockReason } from '@/sync/facts.ts';
import { useProject } from '@/sync/project.tsx';
import type { RowSpreads, SpreadScales } from '@/sync/spreads.ts';
import type { CellValue, FieldInfo, IdeaRow } from '@/sync/types.ts';
import { usePending } from '@/sync/use-result.ts';
import { Badge } from '@/ui/Badge.tsx';
import { Skeleton } from '@/ui/Skeleton.tsx';
import { ChangeMark, useChangeOf } from '../shared/change-marks.tsx';
import { FreshDot, useFresh } from '../shared/fresh.tsx';
import { shownValue } from '../shared/groups.ts';
import { Edited, isEdited, useEdited } from '../shared/presence/Edited.tsx';
import { EditedHere } from '../shared/presence/EditedHere.tsx';
import { Tick } from '../shared/sheet/Tick.tsx';
import type { RowMark } from '../types.ts';
import marks from './certainty.module.css';
import type { GridColumn, PlacedColumn } from './columns.ts';
import css from './Grid.module.css';
import { MarkOfRow } from './MarkOfRow.tsx';
import { SpreadBar } from './SpreadBar.tsx';

/** What rows tell the grid; the same object throughout. */
export interface RowHandlers {
  tick: (item: number, extend: boolean) => void;
  open: (row: IdeaRow) => void;
  commit: (row: IdeaRow, field: FieldInfo, value: CellValue, move: Move) => void;
  cancel: () => void;
}

/** Props of GridRow. */
export interface GridRowProps {
  id: string;
  item: number;
  position: number;
  top: number;
  height: number;
  row: IdeaRow | undefined;
  title: GridColumn;
  columns: readonly PlacedColumn[];
  width: number;
  /** The active column in this line, -1 for none. */
  active: number;
  /** The chosen columns in this line, as "from-to"; "" for none. */
  range: string;
  editing: { typed?: string } | null;
  selected: boolean;
  open: boolean;
  canDrag: boolean;
  handlers: RowHandlers;
  /** Where its scores may lie, and on which scales. */
  spreads: RowSpreads | undefined;
  scales: SpreadScales;
  /** How sure its place is. */
  mark: RowMark | undefined;
}

/** One idea as a line of the grid. */
export const GridRow = memo(function GridRow(props: GridRowProps) {
  const { id, item, top, height, row, title, columns, width, selected, open, handlers } = props;
  const { project } = useProject();
  const element = useRef<HTMLDivElement>(null);
  const grip = useRef<HTMLSpanElement>(null);
  const pending = usePending(row?.id);
  const changed = useChangeOf(row?.id) !== undefined;
  const fresh = useFresh(row?.id);
  const edited = useEdited(row?.id);
  useRowDrag(element, grip, props.canDrag ? row?.id : undefined, item);
  const place: CSSProperties = { transform: `translateY(${top}px)`, blockSize: height, inlineSize: width };
  const name = row ? String(shownValue(row, 'title', pending) ?? '') : '';
  const key = row ? `${project.key}-${row.number}` : '';
  const cell = (column: GridColumn, index: number) => (
    <Cell
      key={column.field.ref}
      {...props}
      column={column}
      index={index}
      pending={pending}
      changed={changed}
      fresh={fresh}
      edited={edited}
    />
  );
  return (
    <div
      ref={element}
      id={id}
      role="row"
      tabIndex={-1}
      aria-rowindex={item + 2}
      aria-selected={selected}
      className={cx(css.row, props.mark?.end && marks.cut)}
      style={place}
      data-item={item}
      data-selected={selected || undefined}
      data-open={open || undefined}
      data-archived={row?.archived || undefined}
      data-option-color={row?.color}
    >
      <div className={css.frozen}>
        <div className={css.gutter} role="gridcell" tabIndex={-1} aria-colindex={1}>
          {props.mark && <MarkOfRow id={id} mark={props.mark} />}
          {row && (
            <>
              <ChangeMark idea={row.id} id={`${id}-changed`} />
              <FreshDot idea={row.id} id={`${id}-fresh`} />
              <span
                ref={grip}
                className={css.grip}
                data-off={!props.canDrag || undefined}
                aria-hidden="true"
              />
              <Tick
                checked={selected}
                label={t('list.select', { title: name })}
                onTick={(extend) => handlers.tick(item, extend)}
              />
              {/* biome-ignore lint/a11y/useKeyWithClickEvents: the grid has the key (Space) */}
              <span
                role="button"
                tabIndex={-1}
                className={css.open}
                aria-label={t('list.open', { key })}
                title={t('list.open', { key })}
                onClick={() => handlers.open(row)}
              />
            </>
          )}
        </div>
        {cell(title, 0)}
      </div>
      {columns.map(({ column, index }) => cell(column, index))}
    </div>
  );
});

type CellPropsOfRow = GridRowProps & {
  column: GridColumn;
  index: number;
  pending: ReturnType<typeof usePending>;
  /** What changed is told of it. */
  changed: boolean;
  /** There is something unread about it. */
  fresh: boolean;
  /** What of it others are editing. */
  edited: string;
};

function Cell(props: CellPropsOfRow) {
  const { id, row, column, index, active, range, editing, pending, columns } = props;
  const { project, isSample } = useProject();
  const element = useRef<HTMLDivElement>(null);
  const { field, type } = column;
  const placed = index === 0 ? undefined : columns.find((each) => each.index === index);
  const [from = -1, to = -1] = range === '' ? [] : range.split('-').map(Number);
  const isActive = active === index;
  const value = row ? cellValue(row, field, pending, project.key) : null;
  const locked = lockReason(field, project.role) !== undefined;
  const [spread, scale] = [props.spreads?.[field.ref], props.scales[field.ref]];
  return (
    <div
      ref={element}
      id={`${id}-${index}`}
      role="gridcell"
      tabIndex={-1}
      aria-colindex={index + 2}
      aria-readonly={locked || undefined}
      aria-describedby={
        cx(
          index === 0 &&
            cx(props.mark && `${id}-mark`, props.changed && `${id}-changed`, props.fresh && `${id}-fresh`),
          isEdited(props.edited, field.ref) && `${id}-${index}-edited`,
        ) || undefined
      }
      aria-selected={isActive || (from <= index && index <= to)}
      className={css.cell}
      data-column={index}
      data-align={type.align}
      data-title={index === 0 || undefined}
      data-active={isActive || undefined}
      data-ranged={(from <= index && index <= to) || undefined}
      data-option-color={row?.cellColors?.[field.ref]}
      data-pending={pending?.[field.ref] !== undefined || undefined}
      style={{ inlineSize: column.width, insetInlineStart: placed?.start }}
    >
      {row ? (
        <>
          <FormatMark name={row.cellIcons?.[field.ref]} />
          <type.Cell field={field} value={value} />
          {index === 0 && isSample(row.id) && <Badge>{t('ui.sample')}</Badge>}
          <Edited idea={row.id} field={field.ref} id={`${id}-${index}-edited`} now={props.edited} />
          {spread && scale && <SpreadBar field={field} spread={spread} scale={scale} value={value} />}
        </>
      ) : (
        <Skeleton width={index === 0 ? '60%' : '50%'} height="10px" />
      )}
      {isActive && editing && row && (
        <CellEditor {...props} row={row} value={value} anchor={element} type={type} />
      )}
    </div>
  );
}

function cellValue(
  row: IdeaRow,
  field: FieldInfo,
  pending: ReturnType<typeof usePending>,
  project: string,
): CellValue {
  return field.ref === 'key' ? `${project}-${row.number}` : shownValue(row, field.ref, pending);
}

function CellEditor({
  row,
  column: { field },
  type: { Editor, opensForAll },
  value,
  anchor,
  editing,
  handlers,
}: CellPropsOfRow & { row: IdeaRow; value: CellValue; anchor: Anchor; type: FieldType }) {
  const { project } = useProject();
  const locked = lockReason(field, project.role);
  if (locked !== undefined && !opensForAll)
    return <LockedNote label={field.name} reason={locked} anchor={anchor} onLeave={handlers.cancel} />;
  if (!Editor) return null;
  return (
    <>
      <EditedHere idea={row.id} field={field} />
      <Editor
        field={field}
        idea={row.id}
        value={value}
        typed={editing?.typed}
        anchor={anchor}
        onCommit={(next, move) => handlers.commit(row, field, next, move)}
        onCancel={handlers.cancel}
      />
    </>
  );
}

/** The name under which dragged rows know each other. */
export const dragKind = 'cairn.idea';

function useRowDrag(
  element: React.RefObject<HTMLDivElement | null>,
  grip: React.RefObject<HTMLSpanElement | null>,
  id: number | undefined,
  item: number,
): void {
  useEffect(() => {
    const [row, handle] = [element.current, grip.current];
    if (!row || !handle || id === undefined) return;
    return draggable({
      element: row,
      dragHandle: handle,
      getInitialData: () => ({ kind: dragKind, id, item }),
    });
  }, [element, grip, id, item]);
}
