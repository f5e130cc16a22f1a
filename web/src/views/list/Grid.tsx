import { type PointerEvent, useEffect, useId, useMemo, useRef } from 'react';
import { SpreadSource } from '@/fields/formula/spread.ts';
import { usePainted } from '@/lib/first-paint.ts';
import { t } from '@/lib/i18n.ts';
import { useLatest } from '@/lib/latest.ts';
import { mayEdit } from '@/sync/facts.ts';
import { BulkBar } from '../shared/BulkBar.tsx';
import { countSelected, untick } from '../shared/sheet/selection.ts';
import type { ViewProps } from '../types.ts';
import css from './Grid.module.css';
import { GridFooter } from './GridFooter.tsx';
import { GridHeader } from './GridHeader.tsx';
import type { RowHandlers } from './GridRow.tsx';
import { useHoverExplanation } from './HoverExplanation.tsx';
import { Lines } from './Lines.tsx';
import { StickyGroups } from './StickyGroups.tsx';
import { type Grid as GridModel, useGrid } from './use-grid.ts';
import { useGridDrop } from './use-grid-drop.ts';
import { useGridKeys } from './use-grid-keys.ts';
import { type GridView, headerHeight, useGridView } from './use-grid-view.ts';
import { useRank } from './use-rank.ts';
import { useSpreads } from './use-spreads.ts';

/** Width of the part before the title, with handle and tick box, in px. */
const gutter = 52;

/** The result as a spreadsheet. */
export function Grid(props: ViewProps) {
  const grid = useGrid(props);
  const painted = usePainted();
  const { definition, result } = props;
  const height = definition.rowHeight === 'compact' ? 32 : 40;
  const scroller = useRef<HTMLDivElement>(null);
  const prefix = useId();
  const frozen = gutter + (grid.columns[0]?.width ?? 0);
  const view = useGridView({ grid, scroller, height, frozen, orderKey: result.orderKey, painted });
  const rank = useRank(grid);
  const page = () => Math.max(1, Math.floor((scroller.current?.clientHeight ?? 400) / height) - 3);
  const keys = useGridKeys({ grid, page, rank: rank.step });
  useActiveInSight(grid, view, scroller);
  const { popup, ...hover } = useHoverExplanation(grid);
  const spreads = useSpreads(grid, view.items);
  const drop = useGridDrop({ grid, scroller, height, headerHeight, rank });

  const { tick, commit, cancel } = grid;
  const { projectKey } = grid.cells;
  const { onOpen } = props;
  const handlers = useMemo<RowHandlers>(
    () => ({
      tick,
      commit,
      cancel: () => {
        cancel();
        scroller.current?.focus({ preventScroll: true });
      },
      open: (row) => onOpen(`${projectKey}-${row.number}`),
    }),
    [tick, commit, cancel, projectKey, onOpen],
  );
  const { active, editing } = grid.state;
  // The editor had the focus: when it is gone the grid goes on with the keyboard.
  useEffect(() => {
    if (!editing && active && document.activeElement === document.body)
      scroller.current?.focus({ preventScroll: true });
  }, [editing, active]);

  return (
    <div className={css.grid} data-colors={definition.colorBy?.style}>
      <div
        ref={scroller}
        className={css.scroller}
        role="grid"
        tabIndex={0}
        aria-label={t('list.label', { view: definition.name })}
        aria-rowcount={grid.layout.count + 2}
        aria-colcount={grid.columns.length + 1}
        aria-multiselectable="true"
        aria-busy={result.pending || result.state.status === 'loading'}
        aria-activedescendant={active ? `${prefix}-${active.item}-${active.column}` : undefined}
        data-pending={result.pending || undefined}
        {...keys}
        {...hover}
        onFocus={(event) => {
          if (event.target === event.currentTarget && !active && grid.layout.count > 0)
            grid.go({ item: 0, column: 0 });
        }}
        onPointerDown={(event) => pointAt(event, grid)}
        onDoubleClick={(event) => {
          if (placeOf(event.target)) grid.edit();
        }}
      >
        <GridHeader
          grid={grid}
          columns={view.columns}
          width={view.width}
          gutter={gutter}
          height={headerHeight}
        />
        <div className={css.body} style={{ blockSize: grid.layout.count * height, inlineSize: view.width }}>
          <StickyGroups grid={grid} view={view} height={height} top={headerHeight} />
          <SpreadSource value={spreads.of}>
            <Lines
              grid={grid}
              view={view}
              prefix={prefix}
              height={height}
              frozen={frozen}
              handlers={handlers}
              spreads={spreads}
            />
          </SpreadSource>
          {drop !== null && <div className={css.dropLine} style={{ transform: `translateY(${drop}px)` }} />}
        </div>
        {painted && <GridFooter grid={grid} columns={view.columns} width={view.width} frozen={frozen} />}
      </div>
      {result.state.total === 0 && result.state.status === 'ready' && grid.layout.count <= 1 && props.empty}
      <SpreadSource value={spreads.of}>{popup}</SpreadSource>
      <Selection grid={grid} />
      <p className="visually-hidden" role="status">
        {grid.said}
      </p>
    </div>
  );
}

/** Follows the keyboard with the scrolling. */
function useActiveInSight(
  grid: GridModel,
  view: GridView,
  scroller: React.RefObject<HTMLDivElement | null>,
): void {
  const { item, column } = grid.state.active ?? {};
  const latest = useLatest(view);
  useEffect(() => {
    if (item === undefined || column === undefined) return;
    if (!scroller.current?.contains(document.activeElement)) return;
    latest().scrollTo(item);
    latest().scrollToColumn(column);
  }, [item, column, scroller, latest]);
}

function placeOf(target: EventTarget): { item: number; column: number } | undefined {
  if (!(target instanceof Element)) return undefined;
  const cell = target.closest<HTMLElement>('[data-column]');
  const line = target.closest<HTMLElement>('[data-item]');
  if (!line || !cell) return undefined;
  return { item: Number(line.dataset.item), column: Number(cell.dataset.column) };
}

/** A press on a cell chooses it; on the chosen one, it edits. */
function pointAt(event: PointerEvent<HTMLDivElement>, grid: GridModel): void {
  const place = placeOf(event.target);
  if (!place || event.button !== 0 || !(event.target instanceof Element)) return;
  if (event.target.closest('a, button, input, textarea, [role="button"], [role="checkbox"]')) return;
  const { active, editing } = grid.state;
  if (event.shiftKey) {
    event.preventDefault();
    event.currentTarget.focus({ preventScroll: true });
    grid.go(place, 'extend');
    return;
  }
  const same = active?.item === place.item && active.column === place.column;
  if (same && editing) return;
  event.preventDefault();
  event.currentTarget.focus({ preventScroll: true });
  const row = grid.cells.rowAt(place.item);
  const column = grid.columns[place.column];
  if (!same || !row || !column) {
    grid.go(place);
    return;
  }
  const { field, type } = column;
  if (type.toggle && mayEdit(field, grid.cells.role))
    grid.commit(row, field, type.toggle(grid.cells.value(row, field)), 'stay');
  else grid.edit();
}

function Selection({ grid }: { grid: GridModel }) {
  const { state, props, setState } = grid;
  const { total } = props.result.state;
  const count = countSelected(state, total);
  const loaded = state.all ? props.result.window.loaded().map(({ row }) => row.id) : [...state.selected];
  return (
    <BulkBar
      count={count}
      target={state.all ? { query: props.definition.query } : { ids: [...state.selected] }}
      {...(state.all && count > loaded.length ? {} : { ids: loaded })}
      archivedOnly={props.definition.query.archived === 'only'}
      onClear={() => setState(untick)}
      say={grid.say}
    />
  );
}
