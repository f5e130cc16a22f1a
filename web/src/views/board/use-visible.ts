import { type RefObject, useCallback, useLayoutEffect, useMemo, useState } from 'react';
import { useLatest } from '@/lib/latest.ts';
import { fixed, type Geometry, type Rect, type Visible, visibleIn } from './geometry.ts';

/** The part that is drawn changes in steps of so many px, not with each px that is scrolled. */
const step = { across: 96, down: 64 };
/** What is drawn beyond the edges. */
const margin = 128;

const floor = (value: number, by: number) => Math.floor(value / by) * by;
const ceil = (value: number, by: number) => Math.ceil(value / by) * by;

function rectOf(element: HTMLElement, header: number): Rect {
  const { scrollLeft, scrollTop, clientWidth, clientHeight } = element;
  return {
    left: floor(scrollLeft, step.across),
    right: ceil(scrollLeft + clientWidth, step.across),
    top: floor(scrollTop, step.down),
    bottom: ceil(scrollTop + clientHeight - header, step.down),
  };
}

const sameRect = (a: Rect, b: Rect) =>
  a.left === b.left && a.right === b.right && a.top === b.top && a.bottom === b.bottom;

/** A card's place on the board. */
export interface Place {
  column: number;
  lane: number;
  index: number;
}

/** What is visible of a board, and how to bring a card into sight. */
export interface BoardView {
  visible: Visible;
  reveal: (place: Place) => void;
}

/** Follows which part of the board is visible. */
export function useVisible(
  scroller: RefObject<HTMLDivElement | null>,
  geometry: Geometry,
  header: number,
): BoardView {
  const [rect, setRect] = useState<Rect>({ left: 0, top: 0, right: 1440, bottom: 900 });
  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const measure = () =>
      setRect((last) => {
        const next = rectOf(element, header);
        return sameRect(last, next) ? last : next;
      });
    measure();
    const resized = new ResizeObserver(measure);
    resized.observe(element);
    element.addEventListener('scroll', measure, { passive: true });
    return () => {
      resized.disconnect();
      element.removeEventListener('scroll', measure);
    };
  }, [scroller, header]);
  const visible = useMemo(() => visibleIn(geometry, rect, margin), [geometry, rect]);
  const latest = useLatest({ geometry, header, scroller });
  const reveal = useCallback(
    ({ column, lane, index }: Place) => {
      const { geometry: now, header: above, scroller: box } = latest();
      const element = box.current;
      const [across, down] = [now.columns[column], now.lanes[lane]];
      if (!element || !across || !down) return;
      const top = down.body + now.offset(index);
      const laneHeader = down.body - down.top;
      const height = element.clientHeight - above;
      let { scrollLeft, scrollTop } = element;
      if (top - laneHeader < scrollTop) scrollTop = top - laneHeader;
      else if (top + now.card + fixed.inset > scrollTop + height)
        scrollTop = top + now.card + fixed.inset - height;
      if (across.left - fixed.margin < scrollLeft) scrollLeft = across.left - fixed.margin;
      else if (across.left + across.width + fixed.margin > scrollLeft + element.clientWidth)
        scrollLeft = across.left + across.width + fixed.margin - element.clientWidth;
      element.scrollTo({ left: scrollLeft, top: scrollTop });
    },
    [latest],
  );
  return { visible, reveal };
}
