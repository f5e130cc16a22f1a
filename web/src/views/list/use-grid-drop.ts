import { monitorForElements } from '@atlaskit/pragmatic-drag-and-drop/element/adapter';
import { type RefObject, useEffect, useState } from 'react';
import { t } from '@/lib/i18n.ts';
import { useLatest } from '@/lib/latest.ts';
import { scrollStep } from '../shared/scroll.ts';
import { dragKind } from './GridRow.tsx';
import type { Grid } from './use-grid.ts';
import type { Rank } from './use-rank.ts';

interface DropOptions {
  grid: Grid;
  scroller: RefObject<HTMLDivElement | null>;
  height: number;
  headerHeight: number;
  rank: Rank;
}

/** Where a pointer at that height drops: the line, and on which side of it. Lines have one height. */
export function dropAt(y: number, height: number, count: number): { item: number; side: 'before' | 'after' } {
  const line = Math.min(count - 1, Math.max(0, Math.floor(y / height)));
  return { item: line, side: y - line * height < height / 2 ? 'before' : 'after' };
}

/** Lets rows be dropped between others; returns where the line that shows it stands, in px, or null. */
export function useGridDrop(options: DropOptions): number | null {
  const [line, setLine] = useState<number | null>(null);
  const latest = useLatest(options);
  useEffect(() => {
    let pointer = 0;
    let frame = 0;
    const target = () => {
      const { grid, scroller, height, headerHeight } = latest();
      const element = scroller.current;
      if (!element) return undefined;
      const y = pointer - element.getBoundingClientRect().top - headerHeight + element.scrollTop;
      const place = dropAt(y, height, grid.layout.count);
      const on = grid.layout.at(place.item);
      // Onto a heading or an adding line means: at that end of the group.
      if (on?.kind === 'group')
        return { item: place.item + 1, side: 'before' as const, line: (place.item + 1) * height };
      if (on?.kind === 'add')
        return { item: place.item - 1, side: 'after' as const, line: place.item * height };
      return { ...place, line: (place.item + (place.side === 'after' ? 1 : 0)) * height };
    };
    const tick = () => {
      const box = latest().scroller.current;
      if (box) {
        const { top, bottom } = box.getBoundingClientRect();
        box.scrollTop += scrollStep(pointer, top, bottom);
      }
      setLine(target()?.line ?? null);
      frame = requestAnimationFrame(tick);
    };
    const stop = () => {
      cancelAnimationFrame(frame);
      setLine(null);
    };
    const idsOf = (id: unknown): number[] => {
      const { selected } = latest().grid.state;
      return typeof id === 'number' && selected.has(id) ? [...selected] : [Number(id)];
    };
    return monitorForElements({
      canMonitor: ({ source }) => source.data.kind === dragKind,
      onDragStart: ({ source, location }) => {
        pointer = location.initial.input.clientY;
        latest().grid.say(t('list.moving', { n: idsOf(source.data.id).length }));
        frame = requestAnimationFrame(tick);
      },
      onDrag: ({ location }) => {
        pointer = location.current.input.clientY;
      },
      onDrop: ({ source, location }) => {
        pointer = location.current.input.clientY;
        const place = target();
        stop();
        if (place) drop(latest(), idsOf(source.data.id), place);
      },
    });
  }, [latest]);
  return line;
}

function drop(
  { grid, rank }: DropOptions,
  ids: number[],
  place: { item: number; side: 'before' | 'after' },
): void {
  const on = grid.layout.at(place.item);
  // An empty group has no neighbour: its adding line stands for it.
  if (on?.kind === 'group') rank.moveTo(ids, place.item - 1, place.side);
  else rank.moveTo(ids, place.item, place.side);
}
