import { useVirtualizer } from '@tanstack/react-virtual';
import { ArrowDown, ArrowUp } from 'lucide-react';
import { type ReactNode, useEffect, useId, useRef, useState } from 'react';
import { t } from '@/lib/i18n.ts';
import type { CustomerFilter } from '@/sync/customers.ts';
import { EmptyState } from '@/ui/EmptyState.tsx';
import { Icon } from '@/ui/Icon.tsx';
import { Skeleton } from '@/ui/Skeleton.tsx';
import { CustomerRow } from './CustomerRow.tsx';
import type { Column } from './columns.ts';
import css from './table.module.css';
import { useCells } from './use-cells.ts';
import { useCustomerRows } from './use-customer-rows.ts';
import { type Place, useTableKeys } from './use-table-keys.ts';

const height = 36;

/** Props of CustomerTable. */
export interface CustomerTableProps {
  filter: CustomerFilter;
  columns: readonly Column[];
  onSort: (sort: string) => void;
  /** What stands there when nobody is found. */
  empty: ReactNode;
  /** Told how many are found. */
  onTotal?: (total: number) => void;
}

/** Customers as a grid of any length, each value edited in its place. */
export function CustomerTable({ filter, columns, onSort, empty, onTotal }: CustomerTableProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const id = useId();
  const [count, setCount] = useState(0);
  const [active, setActive] = useState<Place>({ row: 0, column: 0 });
  const [editing, edit] = useState<{ typed?: string }>();
  const cells = useCells();
  // oxlint-disable-next-line react/incompatible-library -- there is no compiler that could memoise it wrongly
  const virtual = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => height,
    overscan: 8,
    useFlushSync: false,
    scrollPaddingStart: height,
  });
  const lines = virtual.getVirtualItems();
  const rows = useCustomerRows(filter, { first: lines[0]?.index ?? 0, last: lines.at(-1)?.index ?? 0 });
  const { total } = rows;
  useEffect(() => {
    if (total === undefined) return;
    setCount(total);
    onTotal?.(total);
  }, [total, onTotal]);
  const go = (place: Place) => {
    const row = Math.max(0, Math.min(place.row, count - 1));
    const column = Math.max(0, Math.min(place.column, columns.length - 1));
    setActive({ row, column });
    virtual.scrollToIndex(row);
    scroller.current
      ?.querySelector(`[role="columnheader"][aria-colindex="${column + 1}"]`)
      ?.scrollIntoView?.({ block: 'nearest', inline: 'nearest' });
  };
  const keys = useTableKeys({
    active,
    page: () => Math.max(1, Math.floor((scroller.current?.clientHeight ?? height) / height) - 2),
    last: { row: count - 1, column: columns.length - 1 },
    customer: rows.at(active.row),
    column: columns[active.column],
    cells,
    go,
    edit,
  });
  // Between two pages nothing is known for a moment; the length stays.
  if (rows.error && rows.total === undefined) return <EmptyState title={rows.error.message} />;
  if (rows.total === undefined && count === 0) return <Skeleton height="40px" />;
  if (rows.total === 0) return empty;
  const template = columns.map(({ width }) => `minmax(${width}px, ${width}fr)`).join(' ');
  const wide = columns.reduce((sum, { width }) => sum + width, 0);
  return (
    <div
      ref={scroller}
      className={css.grid}
      role="grid"
      aria-label={t('customers.title')}
      aria-rowcount={count + 1}
      aria-colcount={columns.length}
      aria-activedescendant={`${id}-${active.row}-${active.column}`}
      tabIndex={0}
      {...keys}
    >
      <div
        role="row"
        className={css.head}
        aria-rowindex={1}
        style={{ gridTemplateColumns: template, minInlineSize: wide }}
      >
        {columns.map((column, at) => (
          <Heading key={column.key} column={column} at={at} sort={filter.sort ?? 'name'} onSort={onSort} />
        ))}
      </div>
      <div
        role="rowgroup"
        style={{ blockSize: virtual.getTotalSize(), position: 'relative', minInlineSize: wide }}
      >
        {lines.map(({ index, start }) => (
          <CustomerRow
            key={index}
            id={`${id}-${index}`}
            index={index}
            customer={rows.at(index)}
            columns={columns}
            style={{ transform: `translateY(${start}px)`, blockSize: height, gridTemplateColumns: template }}
            active={index === active.row ? active.column : -1}
            editing={index === active.row ? editing : undefined}
            cells={cells}
            onEdit={(column) => {
              setActive({ row: index, column });
              edit({});
            }}
            onDone={(move) => {
              edit(undefined);
              scroller.current?.focus({ preventScroll: true });
              const by = { down: [1, 0], up: [-1, 0], right: [0, 1], left: [0, -1], stay: [0, 0] }[move];
              go({ row: index + (by[0] ?? 0), column: active.column + (by[1] ?? 0) });
            }}
          />
        ))}
      </div>
    </div>
  );
}

interface HeadingProps {
  column: Column;
  at: number;
  sort: string;
  onSort: (sort: string) => void;
}

function Heading({ column: { key, field }, at, sort, onSort }: HeadingProps) {
  const up = sort === key;
  const down = sort === `-${key}`;
  const number = field.type === 'number';
  return (
    <div
      role="columnheader"
      aria-colindex={at + 1}
      className={css.heading}
      data-number={number || undefined}
      aria-sort={up ? 'ascending' : down ? 'descending' : undefined}
    >
      <button
        type="button"
        className={css.sort}
        onClick={() => onSort(number ? (down ? key : `-${key}`) : up ? `-${key}` : key)}
      >
        {field.name} {(up || down) && <Icon of={up ? ArrowUp : ArrowDown} size={12} />}
      </button>
    </div>
  );
}
