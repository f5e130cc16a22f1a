import { type PointerEvent as ReactPointerEvent, useCallback, useEffect, useRef, useState } from 'react';
import { useLatest } from '@/lib/latest.ts';
import { useHolds, whenHeld } from '../shared/hold.ts';
import { scrollStep } from '../shared/scroll.ts';
import type { Target } from './moves.ts';
import type { Moves } from './use-moves.ts';
import type { Tree } from './use-tree.ts';

/** Ideas under the pointer, on their way. */
export interface Carried {
  ids: readonly number[];
  x: number;
  y: number;
  target?: Target;
  /** Why they may not be dropped here. */
  refused?: string;
}

const slack = 6;

/** Where something is dropped that is over an element: on a card's first or last quarter beside it, else under it. */
export function targetAt(
  at: { x: number; y: number },
  found: Element | null,
  sideways: boolean,
): Target | undefined {
  if (found?.closest('[data-tray]')) return { kind: 'out' };
  const card = found?.closest<HTMLElement>('[data-idea]');
  const idea = Number(card?.dataset.idea);
  if (!card || !Number.isFinite(idea)) return undefined;
  const box = card.getBoundingClientRect();
  const part = sideways ? (at.x - box.left) / box.width : (at.y - box.top) / box.height;
  if (part < 0.25) return { kind: 'before', idea };
  if (part > 0.75) return { kind: 'after', idea };
  return { kind: 'under', idea };
}

/** Dragging cards; a finger drags what it has rested on. Give `onPointerDown` to what holds cards and tray. */
export function useDrag(tree: Tree, moves: Moves, scroller: () => HTMLElement | null) {
  const [carried, setCarried] = useState<Carried>();
  const latest = useLatest({ tree, moves, scroller });
  const end = useRef<() => void>(undefined);
  useEffect(() => () => end.current?.(), []);
  useHolds();
  const onPointerDown = useCallback(
    (event: ReactPointerEvent) => {
      const origin = event.target as Element;
      const card = origin.closest<HTMLElement>('[data-idea]');
      if (event.button !== 0 || !card || origin.closest('button:not([data-handle]), input, a')) return;
      if (!latest().tree.mayEdit) return;
      const start = { x: event.clientX, y: event.clientY };
      let carry: Carried | undefined;
      let frame = 0;
      let entered = false;
      const look = (x: number, y: number) => {
        const { tree: now, moves: go } = latest();
        const sideways = !now.outline && (now.drawing.direction === 'down' || now.drawing.direction === 'up');
        const target = targetAt({ x, y }, document.elementFromPoint(x, y), sideways);
        const ids = carry?.ids ?? go.meant(Number(card.dataset.idea));
        const own = target && target.kind !== 'out' && ids.includes(target.idea);
        const refused = target && !own ? go.refusal(ids, target) : undefined;
        carry = { ids, x, y, ...(target && !own ? { target } : {}), ...(refused ? { refused } : {}) };
        setCarried(carry);
      };
      const scroll = () => {
        const area = latest().scroller();
        if (!area || !carry) return;
        // An idea on its way out of the tray, or over it, must not make the tree run away below it.
        entered ||= area.contains(document.elementFromPoint(carry.x, carry.y));
        if (entered && carry.target?.kind !== 'out') {
          const box = area.getBoundingClientRect();
          const [left, top] = [area.scrollLeft, area.scrollTop];
          area.scrollBy(scrollStep(carry.x, box.left, box.right), scrollStep(carry.y, box.top, box.bottom));
          if (left !== area.scrollLeft || top !== area.scrollTop) look(carry.x, carry.y);
        }
        frame = requestAnimationFrame(scroll);
      };
      const finger = event.pointerType === 'touch';
      const move = (next: PointerEvent) => {
        if (next.pointerId !== event.pointerId || (finger && !carry)) return;
        if (!carry && Math.hypot(next.clientX - start.x, next.clientY - start.y) < slack) return;
        const first = !carry;
        look(next.clientX, next.clientY);
        if (first) frame = requestAnimationFrame(scroll);
      };
      const giveUp = finger
        ? whenHeld(event, () => {
            look(start.x, start.y);
            frame = requestAnimationFrame(scroll);
          })
        : () => {};
      const finish = () => {
        giveUp();
        cancelAnimationFrame(frame);
        for (const [name, run] of listeners) window.removeEventListener(name, run as EventListener, true);
        end.current = undefined;
        setCarried(undefined);
      };
      const drop = () => {
        const done = carry;
        finish();
        if (done?.target) latest().moves.put(done.ids, done.target);
      };
      const key = (pressed: KeyboardEvent) => {
        if (pressed.key !== 'Escape') return;
        pressed.stopPropagation();
        finish();
      };
      const ended = new AbortController();
      const swallow = (click: MouseEvent) => {
        if (carry) click.stopPropagation();
        ended.abort();
      };
      const listeners: [string, (event: never) => void][] = [
        ['pointermove', move],
        ['pointerup', drop],
        ['pointercancel', finish],
        ['keydown', key],
      ];
      for (const [name, run] of listeners) window.addEventListener(name, run as EventListener, true);
      // The click that ends a drag chooses nothing; after a finger none comes.
      const { signal } = ended;
      window.addEventListener('click', swallow, { capture: true, signal });
      window.addEventListener('pointerdown', () => ended.abort(), { capture: true, signal });
      end.current = finish;
    },
    [latest],
  );
  return { carried, onPointerDown };
}
