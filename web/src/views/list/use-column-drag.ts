import { combine } from '@atlaskit/pragmatic-drag-and-drop/combine';
import { draggable, dropTargetForElements } from '@atlaskit/pragmatic-drag-and-drop/element/adapter';
import { type RefObject, useEffect, useRef, useState } from 'react';
import { useLatest } from '@/lib/latest.ts';
import { type GridColumn, withMoved, withWidth } from './columns.ts';
import type { Grid } from './use-grid.ts';

const kind = 'cairn.column';

/** Where a dragged column would go: before or behind the one it is over. */
type Side = 'start' | 'end';

function sideOf(element: Element, x: number): Side {
  const { left, width } = element.getBoundingClientRect();
  return x < left + width / 2 ? 'start' : 'end';
}

/** Makes a heading draggable to another place, and its edge to another width. */
export function useColumnDrag(
  grid: Grid,
  { field, width }: GridColumn,
): { header: RefObject<HTMLDivElement | null>; edge: RefObject<HTMLDivElement | null>; over: Side | null } {
  const header = useRef<HTMLDivElement>(null);
  const edge = useRef<HTMLDivElement>(null);
  const [over, setOver] = useState<Side | null>(null);
  const latest = useLatest(grid);
  const wide = useLatest(width);
  const { ref } = field;

  useEffect(() => {
    const element = header.current;
    const handle = edge.current;
    if (!element || !handle || ref === 'title') return;
    const drop = (moved: string, side: Side) => {
      const { definition, onChange } = latest().props;
      const columns = definition.columns ?? [];
      const own = columns.filter((column) => column.field !== 'title' && column.field !== moved);
      const at = own.findIndex((column) => column.field === ref);
      onChange({ columns: withMoved(columns, moved, side === 'start' ? ref : own[at + 1]?.field) });
    };
    return combine(
      draggable({
        element,
        canDrag: ({ input }) => handle.getBoundingClientRect().left > input.clientX,
        getInitialData: () => ({ kind, ref }),
      }),
      dropTargetForElements({
        element,
        canDrop: ({ source }) => source.data.kind === kind && source.data.ref !== ref,
        onDrag: ({ location }) => setOver(sideOf(element, location.current.input.clientX)),
        onDragLeave: () => setOver(null),
        onDrop: ({ source, location }) => {
          setOver(null);
          drop(String(source.data.ref), sideOf(element, location.current.input.clientX));
        },
      }),
    );
  }, [ref, latest]);

  useEffect(() => {
    const handle = edge.current;
    if (!handle) return;
    let grip: { x: number; width: number } | null = null;
    const begin = (event: PointerEvent) => {
      event.preventDefault();
      event.stopPropagation();
      handle.setPointerCapture(event.pointerId);
      grip = { x: event.clientX, width: wide() };
    };
    const drag = (event: PointerEvent) => {
      if (!grip) return;
      const { definition, onChange } = latest().props;
      onChange({ columns: withWidth(definition.columns ?? [], ref, grip.width + event.clientX - grip.x) });
    };
    const end = () => {
      grip = null;
    };
    handle.addEventListener('pointerdown', begin);
    handle.addEventListener('pointermove', drag);
    handle.addEventListener('pointerup', end);
    return () => {
      handle.removeEventListener('pointerdown', begin);
      handle.removeEventListener('pointermove', drag);
      handle.removeEventListener('pointerup', end);
    };
  }, [ref, wide, latest]);
  return { header, edge, over };
}
