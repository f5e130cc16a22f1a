import { type CSSProperties, useRef } from 'react';
import { Link } from 'wouter';
import { typeOf } from '@/fields/registry.ts';
import type { Move } from '@/fields/types.ts';
import { paths } from '@/lib/routes.ts';
import type { Customer } from '@/sync/customers.ts';
import { useProject } from '@/sync/project.tsx';
import { type Column, settable } from './columns.ts';
import css from './table.module.css';
import type { Cells } from './use-cells.ts';
import { ValueEditor } from './ValueEditor.tsx';

/** Props of CustomerRow. */
export interface CustomerRowProps {
  /** The beginning of its cells' ids. */
  id: string;
  index: number;
  /** Undefined until it is loaded. */
  customer: Customer | undefined;
  columns: readonly Column[];
  style: CSSProperties;
  /** The column of its active cell; −1 for none. */
  active: number;
  editing?: { typed?: string };
  cells: Cells;
  onEdit: (column: number) => void;
  onDone: (move: Move) => void;
}

/** A customer in the grid. */
export function CustomerRow(props: CustomerRowProps) {
  const { id, index, customer, columns, style, active, editing, cells, onEdit, onDone } = props;
  return (
    <div role="row" className={css.row} aria-rowindex={index + 2} style={style}>
      {columns.map((column, at) => (
        <Cell
          key={column.key}
          id={`${id}-${at}`}
          at={at}
          customer={customer}
          column={column}
          active={at === active}
          editing={at === active ? editing : undefined}
          cells={cells}
          onEdit={() => onEdit(at)}
          onDone={onDone}
        />
      ))}
    </div>
  );
}

interface CellProps {
  id: string;
  at: number;
  customer: Customer | undefined;
  column: Column;
  active: boolean;
  editing?: { typed?: string };
  cells: Cells;
  onEdit: () => void;
  onDone: (move: Move) => void;
}

function Cell({ id, at, customer, column, active, editing, cells, onEdit, onDone }: CellProps) {
  const { project } = useProject();
  const element = useRef<HTMLDivElement>(null);
  const { field } = column;
  const type = typeOf(field);
  const open = customer && settable(column, customer);
  const value = customer ? cells.value(customer, column) : null;
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the grid has the keys
    <div
      ref={element}
      role="gridcell"
      id={id}
      aria-colindex={at + 1}
      aria-readonly={!open || undefined}
      className={css.cell}
      data-number={field.type === 'number' || undefined}
      data-active={active || undefined}
      onClick={(event) => {
        if (open && !editing && !(event.target as Element).closest('a')) onEdit();
      }}
    >
      {customer && open && editing ? (
        <ValueEditor
          field={field}
          value={value}
          idea={0}
          typed={editing.typed}
          anchor={element}
          onCommit={(next, move) => {
            cells.set(customer, column, next);
            onDone(move);
          }}
          onCancel={() => onDone('stay')}
        />
      ) : customer && column.key === 'name' ? (
        <Link className={css.name} tabIndex={-1} href={paths.customer(project.key, customer.id)}>
          {String(value ?? '')}
        </Link>
      ) : (
        <type.Cell field={field} value={value} />
      )}
    </div>
  );
}
