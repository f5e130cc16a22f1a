import { type PointerEvent, type RefObject, useEffect, useMemo, useRef } from 'react';
import { useLatest } from '@/lib/latest.ts';
import { createStore, type Store } from '@/lib/store.ts';
import { type Corner, drawn } from './lasso.ts';
import { type Mark, spotAt } from './marks.ts';
import type { Choices } from './use-choices.ts';
import type { Matrix } from './use-matrix.ts';
import type { Moves, Place } from './use-moves.ts';
import { pan, zoomAt } from './viewport.ts';

/** What the pointer does on the plot. */
export interface Gestures {
  /** The line of a lasso while it is drawn. */
  line: Store<readonly Corner[]>;
  handlers: {
    onPointerDown: (event: PointerEvent<HTMLElement>) => void;
    onPointerMove: (event: PointerEvent<HTMLElement>) => void;
    onPointerUp: (event: PointerEvent<HTMLElement>) => void;
    onPointerCancel: (event: PointerEvent<HTMLElement>) => void;
    onPointerLeave: () => void;
  };
}

/** What a press was on. */
interface Hit {
  mark?: Mark;
  ideas: readonly number[];
}

type Gesture =
  | { kind: 'press'; from: Place; hit: Hit; toggle: boolean; touch: boolean }
  | { kind: 'move'; from: Place }
  | { kind: 'lasso'; add: boolean }
  | { kind: 'pan'; last: Place }
  | { kind: 'pinch'; distance: number; middle: Place };

/** Px that a press may wander and still be a click. */
const slack = 4;
/** Px around a dot in which it is meant. */
const dotReach = 9;
const noLine: readonly Corner[] = [];

/** The mark or dot at a place. */
function hitAt(matrix: Matrix, target: EventTarget | null, place: Place): Hit | undefined {
  const { scene } = matrix;
  const element = target instanceof Element ? target.closest<HTMLElement>('[data-mark]') : null;
  const mark = scene.marks.find((each) => each.key === element?.dataset.mark);
  const exact = !scene.dense || mark?.petal;
  if (mark && exact) return { mark, ideas: mark.points.map(({ row }) => row.id) };
  const spot = scene.dense ? spotAt(scene.spots, place, dotReach) : undefined;
  if (spot) return { ideas: [spot.point.row.id] };
  return mark && target instanceof Element && target.closest('[data-count]')
    ? { mark, ideas: mark.points.map(({ row }) => row.id) }
    : undefined;
}

interface GestureOptions {
  matrix: Matrix;
  moves: Moves;
  choices: Choices;
  element: RefObject<HTMLElement | null>;
}

/** Follows pointers and the wheel over the plot. */
export function useGestures({ matrix, moves, choices, element }: GestureOptions): Gestures {
  const latest = useLatest({ matrix, moves, choices });
  const gesture = useRef<Gesture | null>(null);
  const pointers = useRef(new Map<number, Place>());
  useWheel(matrix, element);
  return useMemo(() => {
    const line = createStore<readonly Corner[]>(noLine);
    const placeOf = (event: { clientX: number; clientY: number }): Place => {
      const box = element.current?.getBoundingClientRect();
      return { px: event.clientX - (box?.left ?? 0), py: event.clientY - (box?.top ?? 0) };
    };
    const rowsOf = (ideas: readonly number[]) => {
      const { byId } = latest().matrix.plotted;
      return ideas.flatMap((id) => byId.get(id)?.row ?? []);
    };
    const end = () => {
      gesture.current = null;
      line.set(noLine);
    };
    const pinch = () => {
      const [a, b] = [...pointers.current.values()];
      if (!a || !b) return;
      if (gesture.current?.kind === 'move') latest().moves.cancel();
      line.set(noLine);
      gesture.current = {
        kind: 'pinch',
        distance: Math.hypot(a.px - b.px, a.py - b.py),
        middle: { px: (a.px + b.px) / 2, py: (a.py + b.py) / 2 },
      };
    };
    const begin = (now: Extract<Gesture, { kind: 'press' }>, place: Place) => {
      const { matrix: model, moves: mover } = latest();
      const ideas = now.hit.ideas;
      if (ideas.length === 0) {
        const lasso = model.tool === 'lasso';
        gesture.current = lasso ? { kind: 'lasso', add: now.toggle } : { kind: 'pan', last: now.from };
        if (lasso) line.set([now.from, place]);
        return;
      }
      const own = ideas.some((id) => model.selected.has(id)) ? [...model.selected] : ideas;
      const [lead] = ideas;
      if (lead !== undefined && mover.pickUp(rowsOf(own), lead, true))
        gesture.current = { kind: 'move', from: now.from };
      else gesture.current = null;
    };
    const follow = (event: PointerEvent<HTMLElement>, place: Place) => {
      const { matrix: model, moves: mover } = latest();
      const now = gesture.current;
      if (now?.kind === 'press') {
        if (Math.hypot(place.px - now.from.px, place.py - now.from.py) < slack) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        begin(now, place);
        follow(event, place);
      } else if (now?.kind === 'move') {
        mover.dragBy({ dx: place.px - now.from.px, dy: place.py - now.from.py }, place);
      } else if (now?.kind === 'lasso') {
        line.set((corners) => drawn(corners, place));
      } else if (now?.kind === 'pan') {
        const { width, height } = model.size;
        const by = { s: (now.last.px - place.px) / width, t: (place.py - now.last.py) / height };
        gesture.current = { kind: 'pan', last: place };
        model.setView((view) => pan(view, by));
      } else if (now?.kind === 'pinch') {
        const [a, b] = [...pointers.current.values()];
        if (!a || !b) return;
        const distance = Math.hypot(a.px - b.px, a.py - b.py);
        const middle = { px: (a.px + b.px) / 2, py: (a.py + b.py) / 2 };
        const { width, height } = model.size;
        const at = { s: middle.px / width, t: 1 - middle.py / height };
        const by = { s: (now.middle.px - middle.px) / width, t: (middle.py - now.middle.py) / height };
        const factor = now.distance > 0 ? distance / now.distance : 1;
        gesture.current = { kind: 'pinch', distance, middle };
        model.setView((view) => pan(zoomAt(view, factor, at), by));
      }
    };
    return {
      line,
      handlers: {
        onPointerDown: (event) => {
          const { matrix: model } = latest();
          const own = event.target instanceof Element ? event.target.closest('[data-own]') : null;
          // A finger on a divider drags that, until a second one makes them a pinch.
          const divider = event.pointerType === 'touch' && own?.getAttribute('role') === 'separator';
          if (own && !divider) return;
          const place = placeOf(event);
          pointers.current.set(event.pointerId, place);
          if (pointers.current.size === 2) {
            pinch();
            return;
          }
          if (divider || (model.carry.get() && !model.carry.get()?.held)) return;
          if (event.button === 1) {
            event.preventDefault();
            gesture.current = { kind: 'pan', last: place };
            return;
          }
          if (event.button !== 0) return;
          const hit = hitAt(model, event.target, place) ?? { ideas: [] };
          const toggle = event.shiftKey || event.ctrlKey || event.metaKey;
          gesture.current = { kind: 'press', from: place, hit, toggle, touch: event.pointerType === 'touch' };
        },
        onPointerMove: (event) => {
          const { matrix: model, moves: mover, choices: chooser } = latest();
          const place = placeOf(event);
          if (pointers.current.has(event.pointerId)) pointers.current.set(event.pointerId, place);
          const carry = model.carry.get();
          if (carry && !carry.held && event.pointerType !== 'touch') {
            mover.dragTo(place);
            return;
          }
          if (gesture.current) follow(event, place);
          else if (event.pointerType !== 'touch') {
            const hit = hitAt(model, event.target, place);
            chooser.hover(hit?.ideas[0], hit?.mark);
          }
        },
        onPointerUp: (event) => {
          const { matrix: model, moves: mover, choices: chooser } = latest();
          pointers.current.delete(event.pointerId);
          const now = gesture.current;
          const place = placeOf(event);
          const carry = model.carry.get();
          if (carry && !carry.held) {
            mover.dragTo(place);
            mover.drop();
            return;
          }
          const corners = line.get();
          end();
          if (now?.kind === 'press') chooser.press(now.hit.mark, now.hit.ideas, now.toggle);
          else if (now?.kind === 'move') mover.drop();
          else if (now?.kind === 'lasso') chooser.lasso(corners, now.add);
        },
        onPointerCancel: (event) => {
          pointers.current.delete(event.pointerId);
          if (gesture.current?.kind === 'move') latest().moves.cancel();
          end();
        },
        onPointerLeave: () => latest().choices.hover(undefined, undefined),
      },
    };
  }, [latest, element]);
}

/** The wheel zooms around the pointer; sideways and with Shift it moves. */
function useWheel(matrix: Matrix, element: RefObject<HTMLElement | null>): void {
  const latest = useLatest(matrix);
  useEffect(() => {
    const target = element.current;
    if (!target) return;
    let waiting: { factor: number; s: number; t: number; at: { s: number; t: number } } | undefined;
    const turn = (event: WheelEvent) => {
      event.preventDefault();
      const { size, setView } = latest();
      const box = target.getBoundingClientRect();
      const at = {
        s: (event.clientX - box.left) / Math.max(1, size.width),
        t: 1 - (event.clientY - box.top) / Math.max(1, size.height),
      };
      const unit = event.deltaMode === 1 ? 16 : 1;
      const [dx, dy] = event.shiftKey ? [event.deltaY + event.deltaX, 0] : [event.deltaX, event.deltaY];
      const aside = Math.abs(dx) > Math.abs(dy);
      const first = waiting === undefined;
      waiting ??= { factor: 1, s: 0, t: 0, at };
      waiting.at = at;
      if (aside && !event.ctrlKey) waiting.s += (dx * unit) / Math.max(1, size.width);
      else waiting.factor *= Math.exp(-dy * unit * (event.ctrlKey ? 0.01 : 0.0022));
      // Wheels turn more often than frames are drawn.
      if (first)
        requestAnimationFrame(() => {
          const now = waiting;
          waiting = undefined;
          if (now) setView((view) => pan(zoomAt(view, now.factor, now.at), { s: now.s, t: now.t }));
        });
    };
    target.addEventListener('wheel', turn, { passive: false });
    return () => target.removeEventListener('wheel', turn);
  }, [element, latest]);
}
