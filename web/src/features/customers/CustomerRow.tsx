import { memo, useRef } from 'react';
import { Link } from 'wouter';
import type { Move } from '@/fields/types.ts';
import { t } from '@/lib/i18n.ts';
import { paths } from '@/lib/routes.ts';
import type { Customer } from '@/sync/customers.ts';
import { useProject } from '@/sync/project.tsx';
import type { CellValue, Ref } from '@/sync/types.ts';
import { Skeleton } from '@/ui/Skeleton.tsx';
import { Tick } from '@/views/shared/sheet/Tick.tsx';
import { type Column, settable } from './columns.ts';
import css from './table.module.css';
import { ValueEditor } from './ValueEditor.tsx';

/** What rows tell the grid; the same object throughout. */
export interface RowHandlers {
  tick: (item: number, extend: boolean) => void;
  commit: (customer: Customer, column: Column, value: CellValue, move: Move) => void;
  cancel: () => void;
}

/** Props of CustomerRow. */
export interface CustomerRowProps {
  /** The beginning of its cells' ids. */
  id: string;
  index: number;
  /** Undefined until it is loaded. */
  customer: Customer | undefined;
  /** Its values that are on their way. */
  pending: Readonly<Record<Ref, CellValue>> | undefined;
  columns: readonly Column[];
  top: number;
  height: number;
  /** The widths of the columns. */
  template: string;
  /** The column of its active cell; −1 for none. */
  active: number;
  /** The chosen columns in this line, as "from-to"; "" for none. */
  range: string;
  editing: { typed?: string } | null;
  /** It can be selected: for those who may do something with it then. */
  ticks: boolean;
  selected: boolean;
  handlers: RowHandlers;
}

/** A customer in the grid. */
export const CustomerRow = memo(function CustomerRow(props: CustomerRowProps) {
  const { index, customer, columns, top, height, template, selected, handlers } = props;
  return (
    <div
      role="row"
      className={css.row}
      aria-rowindex={index + 2}
      aria-selected={selected}
      data-selected={selected || undefined}
      data-item={index}
      style={{ transform: `translateY(${top}px)`, blockSize: height, gridTemplateColumns: template }}
    >
      <div className={css.gutter} role="gridcell" aria-colindex={1}>
        {customer && props.ticks && (
          <Tick
            checked={selected}
            label={t('customers.select', { name: customer.name })}
            onTick={(extend) => handlers.tick(index, extend)}
          />
        )}
      </div>
      {columns.map((column, at) => (
        <Cell key={column.key} {...props} column={column} at={at} />
      ))}
    </div>
  );
});

function Cell(props: CustomerRowProps & { column: Column; at: number }) {
  const { id, customer, pending, column, at, active, range, editing, handlers } = props;
  const { project } = useProject();
  const element = useRef<HTMLDivElement>(null);
  const { field, type } = column;
  const isActive = at === active;
  const [from = -1, to = -1] = range === '' ? [] : range.split('-').map(Number);
  const ranged = from <= at && at <= to;
  const open = customer && settable(column, customer);
  const set = pending?.[field.ref];
  const value = set === undefined ? (customer ? column.read(customer) : null) : set;
  return (
    <div
      ref={element}
      role="gridcell"
      id={`${id}-${at}`}
      aria-colindex={at + 2}
      aria-readonly={!open || undefined}
      aria-selected={isActive || ranged}
      className={css.cell}
      data-column={at}
      data-name={at === 0 || undefined}
      data-none={(customer && column.of && column.of !== customer.type) || undefined}
      data-number={field.type === 'number' || undefined}
      data-active={isActive || undefined}
      data-ranged={ranged || undefined}
    >
      {!customer ? (
        <Skeleton width={at === 0 ? '60%' : '40%'} height="10px" />
      ) : open && isActive && editing ? (
        <ValueEditor
          column={column}
          value={value}
          typed={editing.typed}
          anchor={element}
          onCommit={(next, move) => handlers.commit(customer, column, next, move)}
          onCancel={handlers.cancel}
        />
      ) : column.key === 'name' ? (
        <Link className={css.name} tabIndex={-1} href={paths.customer(project.key, customer.id)}>
          {String(value ?? '')}
        </Link>
      ) : (
        <type.Cell field={field} value={value} />
      )}
    </div>
  );
}
