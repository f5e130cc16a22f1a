import { type RefObject, useLayoutEffect, useMemo, useState } from 'react';
import { useLatest } from '@/lib/latest.ts';
import { createStore, type Store, useStore } from '@/lib/store.ts';
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

/** Which part of a board is in sight, and how to bring a card there. Both stay the same while it scrolls. */
export interface BoardView {
  rect: Store<Rect>;
  /** What of a board is in sight now. */
  now: () => Visible;
  reveal: (place: Place) => void;
}

/** Follows which part of the board is in sight; only what draws it renders again while it scrolls. */
export function useBoardView(
  scroller: RefObject<HTMLDivElement | null>,
  geometry: Geometry,
  header: number,
): BoardView {
  const [rect] = useState(() => createStore<Rect>({ left: 0, top: 0, right: 1440, bottom: 900 }));
  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const measure = () =>
      rect.set((last) => {
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
  }, [scroller, header, rect]);
  const latest = useLatest({ geometry, header, scroller });
  return useMemo(
    () => ({
      rect,
      now: () => visibleIn(latest().geometry, rect.get(), margin),
      reveal: (place: Place) => {
        const { geometry: now, header: above, scroller: box } = latest();
        if (box.current) scrollTo(box.current, now, above, place);
      },
    }),
    [rect, latest],
  );
}

/** What of a board is in sight, followed. */
export function useVisible(geometry: Geometry, { rect }: BoardView): Visible {
  const now = useStore(rect);
  return useMemo(() => visibleIn(geometry, now, margin), [geometry, now]);
}

/** Scrolls as little as brings a card into sight; `above` is the height of the headings. */
function scrollTo(
  element: HTMLElement,
  geometry: Geometry,
  above: number,
  { column, lane, index }: Place,
): void {
  const [across, down] = [geometry.columns[column], geometry.lanes[lane]];
  if (!across || !down) return;
  const top = down.body + geometry.offset(index);
  const laneHeader = down.body - down.top;
  const height = element.clientHeight - above;
  const bottom = top + geometry.card + fixed.inset;
  let { scrollLeft, scrollTop } = element;
  if (top - laneHeader < scrollTop) scrollTop = top - laneHeader;
  else if (bottom > scrollTop + height) scrollTop = bottom - height;
  const right = across.left + across.width + fixed.margin;
  if (across.left - fixed.margin < scrollLeft) scrollLeft = across.left - fixed.margin;
  else if (right > scrollLeft + element.clientWidth) scrollLeft = right - element.clientWidth;
  element.scrollTo({ left: scrollLeft, top: scrollTop });
}
