import { useVirtualizer } from '@tanstack/react-virtual';
import {
  type MouseEvent,
  type PointerEvent,
  type ReactNode,
  useEffect,
  useId,
  useMemo,
  useRef,
  useState,
} from 'react';
import { useLocation } from 'wouter';
import { t } from '@/lib/i18n.ts';
import { useLatest } from '@/lib/latest.ts';
import { paths } from '@/lib/routes.ts';
import type { CustomerFilter } from '@/sync/customers.ts';
import { useProject } from '@/sync/project.tsx';
import type { SortKey } from '@/sync/types.ts';
import { EmptyState } from '@/ui/EmptyState.tsx';
import { Skeleton } from '@/ui/Skeleton.tsx';
import { rangeOf, untick } from '@/views/shared/sheet/selection.ts';
import { CustomerBar } from './CustomerBar.tsx';
import { CustomerHead } from './CustomerHead.tsx';
import { CustomerRow, type RowHandlers } from './CustomerRow.tsx';
import type { Column } from './columns.ts';
import css from './table.module.css';
import { type CustomerGrid, useCustomerGrid } from './use-customer-grid.ts';
import { useCustomerRows } from './use-customer-rows.ts';
import { useTableKeys } from './use-table-keys.ts';

const height = 36;
const gutter = 36;

/** Props of CustomerTable. */
export interface CustomerTableProps {
  filter: CustomerFilter;
  columns: readonly Column[];
  sort: readonly SortKey[];
  onSort: (sort: SortKey[]) => void;
  /** What stands there when nobody is found. */
  empty: ReactNode;
  /** Told how many are found. */
  onTotal?: (total: number) => void;
}

/** Customers as a grid of any length, a spreadsheet of their values. */
export function CustomerTable({ filter, columns, sort, onSort, empty, onTotal }: CustomerTableProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const id = useId();
  const { project, me } = useProject();
  const [, visit] = useLocation();
  const [count, setCount] = useState(0);
  // oxlint-disable-next-line react/incompatible-library -- there is no compiler that could memoise it wrongly
  const virtual = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => height,
    overscan: 8,
    useFlushSync: false,
    // The heading takes its place from the height of the lines.
    scrollPaddingEnd: height,
  });
  const lines = virtual.getVirtualItems();
  const rows = useCustomerRows(filter, { first: lines[0]?.index ?? 0, last: lines.at(-1)?.index ?? 0 });
  const { total } = rows;
  useEffect(() => {
    if (total === undefined) return;
    setCount(total);
    onTotal?.(total);
  }, [total, onTotal]);
  const grid = useCustomerGrid(rows, columns, count);
  const { state, tick, commit, cancel } = grid;
  const { active, editing } = state;
  const keys = useTableKeys({
    grid,
    columns,
    ticks: me.admin === true,
    page: () => Math.max(1, Math.floor((scroller.current?.clientHeight ?? height) / height) - 2),
    open: (customer) => visit(paths.customer(project.key, customer.id)),
  });
  const handlers = useMemo<RowHandlers>(() => {
    // The editor had the focus: the grid goes on with the keyboard.
    const goOn = () => scroller.current?.focus({ preventScroll: true });
    return {
      tick,
      commit: (...edit) => {
        commit(...edit);
        goOn();
      },
      cancel: () => {
        cancel();
        goOn();
      },
    };
  }, [tick, commit, cancel]);
  useActiveInSight(grid, scroller, (item) => virtual.scrollToIndex(item));
  // Between two pages nothing is known for a moment; the length stays.
  if (rows.error && rows.total === undefined) return <EmptyState title={rows.error.message} />;
  if (rows.total === undefined && count === 0) return <Skeleton height="40px" />;
  if (rows.total === 0) return empty;
  const template = `${gutter}px ${columns.map(({ width }) => `minmax(${width}px, ${width}fr)`).join(' ')}`;
  const wide = columns.reduce((sum, { width }) => sum + width, gutter);
  const drawn = active && lines.some(({ index }) => index === active.item);
  const range = state.anchor ? rangeOf(state) : null;
  return (
    <>
      <div
        ref={scroller}
        className={css.grid}
        role="grid"
        aria-label={t('customers.title')}
        aria-rowcount={count + 1}
        aria-colcount={columns.length + 1}
        aria-multiselectable="true"
        aria-activedescendant={drawn ? `${id}-${active.item}-${active.column}` : undefined}
        tabIndex={0}
        {...keys}
        onFocus={(event) => {
          if (event.target === event.currentTarget && !active) grid.go({ item: 0, column: 0 });
        }}
        {...pointerHandlers(grid)}
      >
        <CustomerHead columns={columns} sort={sort} onSort={onSort} template={template} width={wide} />
        <div
          role="rowgroup"
          style={{ blockSize: virtual.getTotalSize(), position: 'relative', minInlineSize: wide }}
        >
          {lines.map(({ index, start }) => {
            const customer = rows.at(index);
            const isActive = index === active?.item;
            return (
              <CustomerRow
                key={index}
                id={`${id}-${index}`}
                index={index}
                customer={customer}
                pending={customer && grid.cells.pending(customer.id)}
                columns={columns}
                top={start}
                height={height}
                template={template}
                active={isActive ? active.column : -1}
                range={
                  range && range.top <= index && index <= range.bottom ? `${range.left}-${range.right}` : ''
                }
                editing={isActive ? editing : null}
                ticks={me.admin === true}
                selected={customer !== undefined && state.selected.has(customer.id)}
                handlers={handlers}
              />
            );
          })}
        </div>
      </div>
      <CustomerBar selected={state.selected} onClear={() => grid.setState(untick)} />
      <p className="visually-hidden" role="status">
        {grid.said}
      </p>
    </>
  );
}

/** Follows the keyboard with the scrolling. */
function useActiveInSight(
  { state }: CustomerGrid,
  scroller: React.RefObject<HTMLDivElement | null>,
  scrollTo: (item: number) => void,
): void {
  const { item, column } = state.active ?? {};
  const latest = useLatest(scrollTo);
  useEffect(() => {
    if (item === undefined || column === undefined) return;
    if (!scroller.current?.contains(document.activeElement)) return;
    latest()(item);
    scroller.current
      .querySelector(`[role="columnheader"][aria-colindex="${column + 2}"]`)
      ?.scrollIntoView?.({ block: 'nearest', inline: 'nearest' });
  }, [item, column, scroller, latest]);
}

function placeOf(target: EventTarget): { item: number; column: number } | undefined {
  if (!(target instanceof Element)) return undefined;
  const cell = target.closest<HTMLElement>('[data-column]');
  const line = target.closest<HTMLElement>('[data-item]');
  return line && cell ? { item: Number(line.dataset.item), column: Number(cell.dataset.column) } : undefined;
}

/** How the grid is pointed at. A finger may be about to scroll: it has pressed when it is lifted again. */
function pointerHandlers(grid: CustomerGrid) {
  return {
    onPointerDown: (event: PointerEvent<HTMLDivElement>) => {
      if (event.pointerType !== 'touch') pointAt(event, grid);
    },
    onClick: (event: MouseEvent<HTMLDivElement>) => {
      const { nativeEvent } = event;
      if (nativeEvent instanceof window.PointerEvent && nativeEvent.pointerType === 'touch')
        pointAt(event, grid);
    },
    onDoubleClick: (event: MouseEvent) => {
      if (placeOf(event.target)) grid.edit();
    },
  };
}

/** A press on a cell chooses it; on the chosen one, it edits; with Shift it chooses all between. */
function pointAt(event: MouseEvent<HTMLDivElement>, grid: CustomerGrid): void {
  const place = placeOf(event.target);
  if (!place || event.button !== 0 || !(event.target instanceof Element)) return;
  if (event.target.closest('a, button, input, textarea, [role="checkbox"]')) return;
  const { active, editing } = grid.state;
  const same = active?.item === place.item && active.column === place.column;
  if (same && editing) return;
  event.preventDefault();
  event.currentTarget.focus({ preventScroll: true });
  if (event.shiftKey) grid.go(place, 'extend');
  else if (same) grid.edit();
  else grid.go(place);
}
