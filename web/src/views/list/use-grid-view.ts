import { useVirtualizer } from '@tanstack/react-virtual';
import { type RefObject, useEffect, useMemo } from 'react';
import { type PlacedColumn, placeColumns } from './columns.ts';
import type { Grid } from './use-grid.ts';

/** Height of the line of headings, in px. */
export const headerHeight = 33;

/** What is visible of the grid. */
export interface GridView {
  /** The lines to draw. */
  items: readonly { index: number; start: number }[];
  columns: readonly PlacedColumn[];
  /** Of all columns together, in px. */
  width: number;
  /** The first line that is visible. */
  first: number;
  scrollTo: (item: number) => void;
  scrollToColumn: (column: number) => void;
}

interface GridViewOptions {
  grid: Grid;
  scroller: RefObject<HTMLDivElement | null>;
  height: number;
  frozen: number;
  orderKey: string;
  painted: boolean;
}

/** Finds what is visible of the grid, and follows it through scrolling. */
export function useGridView({
  grid,
  scroller,
  height,
  frozen,
  orderKey,
  painted,
}: GridViewOptions): GridView {
  const { layout, columns } = grid;
  const { window } = grid.cells;
  // oxlint-disable-next-line react/incompatible-library -- there is no compiler that could memoise it wrongly
  const rows = useVirtualizer({
    enabled: painted,
    count: layout.count,
    getScrollElement: () => scroller.current,
    estimateSize: () => height,
    overscan: 8,
    scrollPaddingStart: headerHeight + height,
    scrollPaddingEnd: headerHeight + 8,
    useFlushSync: false,
  });
  const across = useVirtualizer({
    enabled: painted,
    horizontal: true,
    count: Math.max(0, columns.length - 1),
    getScrollElement: () => scroller.current,
    estimateSize: (index) => columns[index + 1]?.width ?? 0,
    paddingStart: frozen,
    scrollPaddingStart: frozen,
    overscan: 2,
    useFlushSync: false,
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: sizes are measured anew when widths or heights have changed
  useEffect(() => {
    rows.measure();
    across.measure();
  }, [columns, height, frozen, rows, across]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another order begins at its top
  useEffect(() => {
    scroller.current?.scrollTo({ top: 0 });
  }, [orderKey, scroller]);

  const items = painted ? rows.getVirtualItems() : firstLines(layout.count, height);
  const range = useMemo(() => {
    const lines = items.flatMap(({ index }) => {
      const line = layout.at(index);
      return line?.kind === 'row' ? line.position : [];
    });
    return [lines[0] ?? 0, lines.at(-1) ?? 0] as const;
  }, [items, layout]);
  const [from, to] = range;
  useEffect(() => window.show({ first: from, last: to }), [window, from, to]);

  const acrossItems = across.getVirtualItems();
  // For the first paint all columns: nothing is measured yet.
  const [left, right] = painted
    ? [acrossItems[0]?.index ?? 0, acrossItems.at(-1)?.index ?? -1]
    : [0, columns.length];
  // The same columns stay the same array, so that rows need not render again while scrolling.
  const placed = useMemo(
    () => placeColumns(columns, { from: left + 1, to: right + 1 }, frozen),
    [columns, left, right, frozen],
  );
  return {
    items,
    columns: placed,
    width: columns.slice(1).reduce((sum, column) => sum + column.width, frozen),
    first: Math.floor((rows.scrollOffset ?? 0) / height),
    scrollTo: (item) => rows.scrollToIndex(item, { align: 'auto' }),
    scrollToColumn: (column) => {
      if (column > 0) across.scrollToIndex(column - 1, { align: 'auto' });
    },
  };
}

/** The lines that the window has room for. */
function firstLines(count: number, height: number): { index: number; start: number }[] {
  const most = Math.ceil((globalThis.innerHeight - headerHeight) / height);
  return Array.from({ length: Math.min(count, most) }, (_, index) => ({ index, start: index * height }));
}
