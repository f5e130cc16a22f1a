import { type PointerEvent, type RefObject, useEffect, useMemo } from 'react';
import { useLatest } from '@/lib/latest.ts';
import { createStore, type Store } from '@/lib/store.ts';
import type { IdeaRow } from '@/sync/types.ts';
import { useHolds, wander, whenHeld } from '../shared/hold.ts';
import { scrollStep } from '../shared/scroll.ts';
import { type Entry, indexAt, type Lanes, pathAt } from './lanes.ts';
import { partsOf } from './scale.ts';
import { endPulled, moved, placed, type Span, startPulled } from './spans.ts';
import type { Viewport } from './use-viewport.ts';

/** What is being dragged. */
export type Drag =
  | { kind: 'move' | 'start' | 'end'; entry: Entry; span: Span; top: number; path: string; exact: boolean }
  | { kind: 'link'; entry: Entry; x: number; y: number; target?: number }
  | { kind: 'place'; row: IdeaRow; span?: Span; top: number; path: string };

/** What dragging needs to know. */
export interface DragInput {
  view: Viewport;
  lanes: Lanes;
  rowHeight: number;
  /** Width of what stands before the axis, and height of what stands above the lanes, in px. */
  side: number;
  head: number;
  locked: boolean;
  put: (row: IdeaRow, to: Span, paths?: { from: string; to: string }) => void;
  link: (from: Entry, to: number) => void;
  choose: (entry: Entry) => void;
  open: (entry: Entry) => void;
  menu: (entry: Entry) => void;
}

/** Dragging bars, their ends, links and ideas of the tray. */
export interface Dragging {
  drag: Store<Drag | null>;
  /** Begins on a bar; the attribute data-part of what was pressed says what is dragged. */
  down: (event: PointerEvent<HTMLElement>, entry: Entry) => void;
  /** Begins on an idea of the tray. */
  take: (event: PointerEvent<HTMLElement>, row: IdeaRow) => void;
}

/** Movement in px up to which a press is a click. */
const slack = 4;

interface Press {
  x: number;
  y: number;
  /** The place in the content, in px. */
  startX: number;
  begun: boolean;
  begin: () => Drag;
  entry?: Entry;
  /** It went further than a press wanders. */
  away: boolean;
  /** Gives up waiting whether a finger holds; a mouse and a pen drag at once. */
  giveUp?: () => void;
}

interface EngineInput {
  element: () => HTMLElement | null;
  latest: () => DragInput;
  drag: Store<Drag | null>;
}

/** Follows the pointer from the press to the drop. */
function createEngine({ element, latest, drag }: EngineInput) {
  let press: Press | null = null;
  let pointer = { x: 0, y: 0, alt: false };
  let frame = 0;
  const place = () => {
    const scroller = element();
    const { side, head } = latest();
    if (!scroller) return { x: 0, y: 0 };
    const box = scroller.getBoundingClientRect();
    return {
      x: pointer.x - box.left + scroller.scrollLeft - side,
      y: pointer.y - box.top + scroller.scrollTop - head,
    };
  };
  const update = () => {
    const now = drag.get();
    const from = press;
    if (!now || !from) return;
    const { view, lanes, rowHeight } = latest();
    const { x, y } = place();
    const { snap, place: unit } = partsOf(view.perDay);
    const reckoning = { snap, exact: pointer.alt };
    const path = pathAt(lanes, y) ?? '';
    if (now.kind === 'link') {
      drag.set({ ...now, x, y, target: targetAt(pointer) });
    } else if (now.kind === 'place') {
      const inside = insideOf(element(), pointer);
      const top = Math.max(0, Math.floor(y / rowHeight) * rowHeight);
      drag.set({ ...now, span: inside ? placed(view.day(x), unit) : undefined, top, path });
    } else {
      const { span } = now.entry;
      const by = (x - from.startX) / view.perDay;
      const next =
        now.kind === 'move'
          ? moved(span, span.start + by, reckoning)
          : now.kind === 'start'
            ? startPulled(span, span.start + by, reckoning)
            : endPulled(span, span.end + 1 + by, reckoning);
      const same = Math.abs(by * view.perDay) <= slack;
      const own = lanes.lineOf.get(now.entry.position)?.top ?? 0;
      const elsewhere = now.kind === 'move' && path !== now.entry.path;
      const at = lanes.lines[indexAt(lanes.lines, y)]?.top ?? own;
      drag.set({
        ...now,
        span: same && !reckoning.exact ? span : next,
        exact: reckoning.exact,
        path: elsewhere ? path : now.entry.path,
        top: elsewhere ? Math.max(0, Math.min(at, y)) : own,
      });
    }
  };
  const scroll = () => {
    const scroller = element();
    if (!scroller || !drag.get()) {
      frame = 0;
      return;
    }
    const box = scroller.getBoundingClientRect();
    const { side, head } = latest();
    if (drag.get()?.kind !== 'place' || insideOf(scroller, pointer)) {
      scroller.scrollLeft += scrollStep(pointer.x, box.left + side, box.right);
      scroller.scrollTop += scrollStep(pointer.y, box.top + head, box.bottom);
    }
    update();
    frame = requestAnimationFrame(scroll);
  };
  const end = () => {
    press?.giveUp?.();
    press = null;
    drag.set(null);
    cancelAnimationFrame(frame);
    frame = 0;
  };
  const begin = (from: Press) => {
    from.begun = true;
    drag.set(from.begin());
    frame ||= requestAnimationFrame(scroll);
  };
  return {
    move: (event: globalThis.PointerEvent) => {
      const from = press;
      if (!from) return;
      pointer = { x: event.clientX, y: event.clientY, alt: event.altKey };
      const near = from.giveUp ? wander : slack;
      from.away ||= Math.hypot(event.clientX - from.x, event.clientY - from.y) > near;
      if (!from.begun) {
        if (!from.away) return;
        // A finger that moves scrolls.
        if (from.giveUp) return end();
        begin(from);
      }
      update();
    },
    drop: () => {
      const from = press;
      const now = drag.get();
      end();
      if (!from) return;
      const { put, link, open, menu } = latest();
      if (from.giveUp && from.begun && !from.away) {
        if (from.entry) menu(from.entry);
      } else if (!now) {
        if (!from.begun && from.entry) open(from.entry);
      } else if (now.kind === 'link') {
        if (now.target !== undefined && now.target !== now.entry.row.id) link(now.entry, now.target);
      } else if (now.kind === 'place') {
        if (now.span) put(now.row, now.span, { from: '', to: now.path });
      } else {
        put(now.entry.row, now.span, { from: now.entry.path, to: now.path });
      }
    },
    key: (event: KeyboardEvent) => {
      if (event.key === 'Escape' && press) {
        event.stopPropagation();
        end();
      }
      if (event.key === 'Alt' && press?.begun) {
        event.preventDefault();
        pointer.alt = event.type === 'keydown';
        update();
      }
    },
    end,
    start: (event: PointerEvent<HTMLElement>, what: () => Drag, entry?: Entry) => {
      end();
      pointer = { x: event.clientX, y: event.clientY, alt: event.altKey };
      const own: Press = {
        x: event.clientX,
        y: event.clientY,
        startX: place().x,
        begun: false,
        begin: what,
        entry,
        away: false,
      };
      if (event.pointerType === 'touch') {
        own.giveUp = whenHeld(event, () => {
          if (press !== own) return;
          begin(own);
          update();
        });
      }
      press = own;
    },
  };
}

/** Dragging on a timeline; what is dragged lies in a store, so that only what shows it is drawn again. */
export function useDrag(scroller: RefObject<HTMLDivElement | null>, input: DragInput): Dragging {
  const latest = useLatest(input);
  useHolds();
  const drag = useMemo(() => createStore<Drag | null>(null), []);
  const engine = useMemo(
    () => createEngine({ element: () => scroller.current, latest, drag }),
    [scroller, latest, drag],
  );
  useEffect(() => {
    const { move, drop, key, end } = engine;
    window.addEventListener('pointermove', move);
    window.addEventListener('pointerup', drop);
    window.addEventListener('pointercancel', end);
    window.addEventListener('keydown', key, true);
    window.addEventListener('keyup', key, true);
    return () => {
      window.removeEventListener('pointermove', move);
      window.removeEventListener('pointerup', drop);
      window.removeEventListener('pointercancel', end);
      window.removeEventListener('keydown', key, true);
      window.removeEventListener('keyup', key, true);
    };
  }, [engine]);

  return useMemo(
    () => ({
      drag,
      down: (event, entry) => {
        if (event.button !== 0) return;
        const { choose, lanes } = latest();
        choose(entry);
        const part = event.target instanceof Element ? event.target.closest('[data-part]') : null;
        const kind = part?.getAttribute('data-part');
        const top = lanes.lineOf.get(entry.position)?.top ?? 0;
        if (kind === 'link') {
          event.preventDefault();
          engine.start(event, () => ({ kind: 'link', entry, x: 0, y: 0 }));
        } else {
          const what = kind === 'start' || kind === 'end' ? kind : 'move';
          const begin = (): Drag => ({
            kind: what,
            entry,
            span: entry.span,
            top,
            path: entry.path,
            exact: false,
          });
          engine.start(event, begin, entry);
        }
      },
      take: (event, row) => {
        if (event.button !== 0 || latest().locked) return;
        event.preventDefault();
        engine.start(event, () => ({ kind: 'place', row, top: 0, path: '' }));
      },
    }),
    [drag, engine, latest],
  );
}

function targetAt({ x, y }: { x: number; y: number }): number | undefined {
  const bar = document.elementFromPoint(x, y)?.closest<HTMLElement>('[data-idea]');
  return bar ? Number(bar.dataset.idea) : undefined;
}

function insideOf(element: HTMLElement | null, { x, y }: { x: number; y: number }): boolean {
  const box = element?.getBoundingClientRect();
  return box !== undefined && x >= box.left && x <= box.right && y >= box.top && y <= box.bottom;
}
