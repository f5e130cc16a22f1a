import { type RefObject, useEffect, useLayoutEffect, useMemo, useState } from 'react';
import { today } from '@/lib/days.ts';
import { useLatest } from '@/lib/latest.ts';
import { createStore, type Store } from '@/lib/store.ts';
import type { Entry } from './lanes.ts';
import { type Place, placeKey, readPlace, writePlace } from './place.ts';
import { clampScale, perDayOf, stepScale, type Zoom } from './scale.ts';
import { addUnits, dayNumber, unitStart } from './time.ts';

/** What is in sight, in px of the content, rounded outwards. */
export interface Sight {
  x0: number;
  x1: number;
  y0: number;
  y1: number;
}

/** Where the reader looks and how closely. */
export interface Viewport {
  perDay: number;
  /** The first day of the content. */
  origin: number;
  /** Of the axis, in px. */
  width: number;
  /** What is in sight; a store, so that scrolling draws only what depends on it. */
  sight: Store<Sight>;
  x: (day: number) => number;
  /** The day at a place of the content, with a fraction. */
  day: (x: number) => number;
  /** Zooms and keeps the day at that place of the screen; in the middle unless told. */
  zoomTo: (perDay: number, clientX?: number) => void;
  /** Scrolls so that the day stands at a quarter of the width. */
  goTo: (day: number) => void;
  reveal: (box: { left: number; right: number; top: number; bottom: number }) => void;
}

/** Sight moves in steps, so that scrolling renders now and then and not each frame. */
const step = { x: 160, y: 120 };
const yearsAround = 25;

function sightOf(element: HTMLElement, side: number): Sight {
  const { scrollLeft, scrollTop, clientWidth, clientHeight } = element;
  const left = Math.floor(scrollLeft / step.x) * step.x;
  const top = Math.floor(scrollTop / step.y) * step.y;
  return {
    x0: left - step.x / 2,
    x1: left + (Math.ceil((clientWidth - side) / step.x) + 1.5) * step.x,
    y0: top - step.y,
    y1: top + (Math.ceil(clientHeight / step.y) + 2) * step.y,
  };
}

function useRange(dated: readonly Entry[]): { from: number; to: number } {
  const now = dayNumber(today());
  let [low, high] = [now, now];
  for (const { span } of dated) {
    if (span.start < low) low = span.start;
    if (span.end > high) high = span.end;
  }
  const bound = Math.round(yearsAround * 365.25);
  const from = addUnits(unitStart(Math.max(low, now - bound), 'year'), -1, 'year');
  const to = addUnits(Math.min(high, now + bound), 2, 'year');
  return useMemo(() => ({ from, to }), [from, to]);
}

/** Keeps a day at a place of the screen while the scale changes. */
interface Anchor {
  day: number;
  offset: number;
}

interface ControlsInput {
  /** Where the view opens; undefined for today. */
  place: Pick<Place, 'day'> | undefined;
  element: () => HTMLElement | null;
  latest: () => { perDay: number; origin: number; side: number };
  setPerDay: (perDay: number) => void;
  sight: Store<Sight>;
}

interface Controls extends Pick<Viewport, 'zoomTo' | 'goTo' | 'reveal'> {
  /** The scale that was asked for last, also before it is drawn: gestures ask more often than that. */
  scale: () => number;
  /** The day at the edge and the scale; undefined before anything was shown. */
  where: () => { day: number; perDay: number } | undefined;
  /** Notes what is in sight now. */
  look: () => void;
  /** Puts the scrolling right after the scale or the content has changed. */
  settle: (now: { perDay: number; origin: number; ready: boolean }) => void;
}

function createControls({ place, element, latest, setPerDay, sight }: ControlsInput): Controls {
  let anchor: Anchor | null = null;
  let known: number | null = null;
  let asked: number | null = null;
  const look = () => {
    const box = element();
    if (!box) return;
    const next = sightOf(box, latest().side);
    sight.set((last) =>
      last.x0 === next.x0 && last.x1 === next.x1 && last.y0 === next.y0 && last.y1 === next.y1 ? last : next,
    );
  };
  const goTo = (day: number) => {
    const box = element();
    const { origin, perDay, side } = latest();
    box?.scrollTo({ left: (day - origin) * perDay - (box.clientWidth - side) / 4 });
  };
  return {
    look,
    where: () => {
      const box = element();
      const { origin, perDay } = latest();
      return box && known !== null ? { day: origin + box.scrollLeft / perDay, perDay } : undefined;
    },
    goTo,
    zoomTo: (next, clientX) => {
      const box = element();
      const { origin, perDay, side } = latest();
      if (!box) return;
      const { left, width } = box.getBoundingClientRect();
      const offset = clientX === undefined ? (width - side) / 2 : clientX - left - side;
      anchor = { day: origin + (box.scrollLeft + offset) / perDay, offset };
      asked = clampScale(next);
      setPerDay(asked);
    },
    scale: () => asked ?? latest().perDay,
    settle: ({ perDay, origin, ready }) => {
      const box = element();
      if (!box) return;
      if (known === null) {
        if (ready && place) box.scrollTo({ left: (place.day - origin) * perDay });
        else if (ready) goTo(dayNumber(today()));
      } else if (anchor) {
        box.scrollTo({ left: (anchor.day - origin) * perDay - anchor.offset });
      } else if (known !== origin) {
        // The content grew at its beginning: what is in sight stays.
        box.scrollBy({ left: (known - origin) * perDay });
      }
      anchor = null;
      asked = null;
      if (ready) known = origin;
      look();
    },
    reveal: ({ left, right, top, bottom }) => {
      const box = element();
      if (!box) return;
      const { clientWidth, clientHeight, scrollLeft, scrollTop } = box;
      const [wide, margin, head] = [clientWidth - latest().side, 48, 120];
      if (left < scrollLeft + margin || left > scrollLeft + wide - margin) {
        const atStart = right - left > wide - 2 * margin || left < scrollLeft + margin;
        box.scrollTo({ left: atStart ? left - margin : right - wide + margin });
      }
      if (top < scrollTop + margin) box.scrollTo({ top: top - margin });
      else if (bottom > scrollTop + clientHeight - head) box.scrollTo({ top: bottom - clientHeight + head });
    },
  };
}

/** Scrolling and zooming of a timeline. `side` is the width of what stands before the axis, in px. */
export function useViewport(
  scroller: RefObject<HTMLDivElement | null>,
  options: { dated: readonly Entry[]; zoom: Zoom; side: number; ready: boolean },
): Viewport {
  const { dated, zoom, side, ready } = options;
  const { from: origin, to } = useRange(dated);
  const [{ key, place }] = useState(() => ({ key: placeKey(), place: readPlace(placeKey(), zoom) }));
  const [perDay, setPerDay] = useState(place?.perDay ?? perDayOf[zoom]);
  const sight = useMemo(() => createStore<Sight>({ x0: 0, x1: 1600, y0: 0, y1: 1000 }), []);
  const latest = useLatest({ perDay, origin, side });
  const controls = useMemo(
    () => createControls({ place, element: () => scroller.current, latest, setPerDay, sight }),
    [place, scroller, latest, sight],
  );
  const { zoomTo, goTo, reveal, settle } = controls;
  // A saved zoom counts when the view is opened and whenever it is chosen.
  const [chosen, setChosen] = useState(zoom);
  if (chosen !== zoom) {
    setChosen(zoom);
    setPerDay(perDayOf[zoom]);
  }
  useLayoutEffect(() => settle({ perDay, origin, ready }), [settle, perDay, origin, ready]);
  usePlace(key, zoom, controls.where);
  useGestures(scroller, { perDay: controls.scale, zoomTo, look: controls.look });

  return useMemo(
    () => ({
      perDay,
      origin,
      width: (to - origin) * perDay,
      sight,
      x: (day) => (day - origin) * perDay,
      day: (x) => origin + x / perDay,
      zoomTo,
      goTo,
      reveal,
    }),
    [perDay, origin, to, sight, zoomTo, goTo, reveal],
  );
}

/** Remembers where one looked when the view or the page is left. */
function usePlace(key: string, zoom: Zoom, where: Controls['where']): void {
  const latest = useLatest({ zoom });
  // As a layout effect: it ends while there still is something that is scrolled.
  useLayoutEffect(() => {
    const keep = () => {
      const now = where();
      if (now) writePlace(key, { zoom: latest().zoom, ...now });
    };
    window.addEventListener('pagehide', keep);
    return () => {
      window.removeEventListener('pagehide', keep);
      keep();
    };
  }, [key, where, latest]);
}

interface Gestures {
  perDay: () => number;
  zoomTo: (perDay: number, clientX?: number) => void;
  look: () => void;
}

/** The wheel with a modifier (a pinch on a trackpad is the same), two fingers, and scrolling. */
function useGestures(scroller: RefObject<HTMLDivElement | null>, gestures: Gestures): void {
  const latest = useLatest(gestures);
  useEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const wheel = (event: WheelEvent) => {
      if (!event.ctrlKey && !event.metaKey) return;
      event.preventDefault();
      latest().zoomTo(latest().perDay() * Math.exp(-event.deltaY / 300), event.clientX);
    };
    let apart = 0;
    const distance = ({ touches: [a, b] }: TouchEvent) =>
      a && b ? Math.hypot(a.clientX - b.clientX, a.clientY - b.clientY) : 0;
    const touch = (event: TouchEvent) => {
      apart = distance(event);
    };
    const pinch = (event: TouchEvent) => {
      const [a, b] = event.touches;
      const now = distance(event);
      if (!a || !b || apart === 0) return;
      event.preventDefault();
      latest().zoomTo((latest().perDay() * now) / apart, (a.clientX + b.clientX) / 2);
      apart = now;
    };
    let frame = 0;
    const scroll = () => {
      frame ||= requestAnimationFrame(() => {
        frame = 0;
        latest().look();
      });
    };
    const resized = new ResizeObserver(() => latest().look());
    resized.observe(element);
    element.addEventListener('wheel', wheel, { passive: false });
    element.addEventListener('touchstart', touch, { passive: true });
    element.addEventListener('touchmove', pinch, { passive: false });
    element.addEventListener('scroll', scroll, { passive: true });
    return () => {
      cancelAnimationFrame(frame);
      resized.disconnect();
      element.removeEventListener('wheel', wheel);
      element.removeEventListener('touchstart', touch);
      element.removeEventListener('touchmove', pinch);
      element.removeEventListener('scroll', scroll);
    };
  }, [scroller, latest]);
}

/** The next zoom in or out, kept at the middle. */
export function zoomStep(view: Viewport, direction: 1 | -1): void {
  view.zoomTo(stepScale(view.perDay, direction));
}
