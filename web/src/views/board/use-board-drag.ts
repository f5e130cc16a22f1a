import { type PointerEvent, type RefObject, useEffect, useMemo, useRef } from 'react';
import { t } from '@/lib/i18n.ts';
import { useLatest } from '@/lib/latest.ts';
import { useHolds, wander, whenHeld } from '../shared/hold.ts';
import { scrollStep } from '../shared/scroll.ts';
import type { Drop } from './geometry.ts';
import type { MovedCard } from './plan.ts';
import { type Board, movedWith } from './use-board.ts';

interface DragOptions {
  board: Board;
  scroller: RefObject<HTMLDivElement | null>;
  /** Height of the headings, in px. */
  header: number;
  /** The picture under the pointer. */
  preview: RefObject<HTMLDivElement | null>;
}

/** How far a pointer goes before it drags, in px. */
const far = 5;

interface Press {
  x: number;
  y: number;
  /** Where on the card it was taken, for the picture under the pointer. */
  grab: { x: number; y: number };
  cards: readonly MovedCard[];
  dragging: boolean;
}

/** The card that an element belongs to. */
export function cardElement(target: EventTarget | null): HTMLElement | null {
  return target instanceof Element ? target.closest<HTMLElement>('[data-card]') : null;
}

/** Asks for the menu of a card that was held and let go where it was. */
function askForMenu(card: HTMLElement, { x, y }: Press): void {
  card.dispatchEvent(
    new MouseEvent('contextmenu', { bubbles: true, cancelable: true, clientX: x, clientY: y }),
  );
}

/**
 * Lets cards be dragged. A finger scrolls, unless it rests on a card first: then it drags that one, or opens its menu
 * when it is let go in place.
 */
export function useBoardDrag(options: DragOptions) {
  const latest = useLatest(options);
  const dragged = useRef(false);
  const stop = useRef<() => void>(() => {});
  useEffect(() => () => stop.current(), []);
  useHolds();

  const begin = useMemo(() => {
    const dropUnder = (x: number, y: number): Drop | null => {
      const { board, scroller, header } = latest();
      const element = scroller.current;
      const box = element?.getBoundingClientRect();
      if (!element || !box || x < box.left || x > box.right || y < box.top || y > box.bottom) return null;
      return board.geometry.dropAt(
        x - box.left + element.scrollLeft,
        y - box.top + element.scrollTop - header,
      );
    };
    const follow = (own: Press) => {
      const { board, preview } = latest();
      const drop = dropUnder(own.x, own.y);
      board.setState((last) => {
        if (!last.lift) return last;
        if (JSON.stringify(last.lift.drop) === JSON.stringify(drop)) return last;
        const plan = drop ? board.planFor(own.cards, drop) : ({ does: 'nothing' } as const);
        return { ...last, lift: { ...last.lift, drop, plan } };
      });
      if (preview.current)
        preview.current.style.translate = `${own.x - own.grab.x}px ${own.y - own.grab.y}px`;
    };
    const lift = (own: Press) => {
      own.dragging = true;
      dragged.current = true;
      const { board } = latest();
      const drop = dropUnder(own.x, own.y);
      const plan = { does: 'nothing' } as const;
      board.setState((last) => ({ ...last, lift: { cards: own.cards, by: 'pointer', drop, plan } }));
      board.say(t('list.moving', { n: own.cards.length }));
    };
    return (event: PointerEvent, card: HTMLElement, cards: readonly MovedCard[]) => {
      stop.current();
      const box = card.getBoundingClientRect();
      const own: Press = {
        x: event.clientX,
        y: event.clientY,
        grab: { x: event.clientX - box.left, y: event.clientY - box.top },
        cards,
        dragging: false,
      };
      const [x, y] = [own.x, own.y];
      const finger = event.pointerType === 'touch';
      const abort = new AbortController();
      let frame = 0;
      let away = false;
      const end = () => {
        abort.abort();
        giveUp();
        cancelAnimationFrame(frame);
        const { board } = latest();
        board.setState((last) => (last.lift?.by === 'pointer' ? { ...last, lift: null } : last));
      };
      const tick = () => {
        const element = latest().scroller.current;
        if (element && away) {
          const { left, top, right, bottom } = element.getBoundingClientRect();
          element.scrollTop += scrollStep(own.y, top + latest().header, bottom);
          element.scrollLeft += scrollStep(own.x, left, right);
        }
        follow(own);
        frame = requestAnimationFrame(tick);
      };
      const start = () => {
        lift(own);
        frame = requestAnimationFrame(tick);
      };
      const giveUp = finger ? whenHeld(event, start) : () => {};
      const { signal } = abort;
      window.addEventListener(
        'pointermove',
        (moved) => {
          if (moved.pointerId !== event.pointerId) return;
          [own.x, own.y] = [moved.clientX, moved.clientY];
          away ||= Math.hypot(own.x - x, own.y - y) >= (finger ? wander : far);
          if (!own.dragging && !finger && away) start();
        },
        { signal },
      );
      window.addEventListener(
        'pointerup',
        (released) => {
          if (released.pointerId !== event.pointerId) return;
          const drop = own.dragging && away ? dropUnder(own.x, own.y) : null;
          const asks = own.dragging && !away;
          end();
          if (drop) latest().board.drop(own.cards, drop);
          // Once the touch is over, or it would count as one beside the menu.
          if (asks) setTimeout(() => askForMenu(card, own));
        },
        { signal },
      );
      window.addEventListener('pointercancel', end, { signal });
      window.addEventListener('blur', end, { signal });
      window.addEventListener(
        'keydown',
        (key) => {
          if (key.key !== 'Escape' || !own.dragging) return;
          key.preventDefault();
          key.stopPropagation();
          latest().board.say(t('board.cancelled'));
          end();
        },
        { signal, capture: true },
      );
      stop.current = end;
    };
  }, [latest]);

  return {
    /** Whether the press that ends with this click was a drag; asking forgets it. */
    wasDrag: () => {
      const was = dragged.current;
      dragged.current = false;
      return was;
    },
    onPointerDown: (event: PointerEvent) => {
      dragged.current = false;
      const card = cardElement(event.target);
      if (!card || event.button !== 0 || !event.isPrimary) return;
      if (event.target instanceof Element && event.target.closest('a, button, input, textarea')) return;
      const { board } = latest();
      const cell = board.model.find(card.dataset.cell ?? '');
      const row = cell && board.cards(cell.column, cell.lane).at(Number(card.dataset.index)).row;
      if (!cell || !row || event.shiftKey || event.ctrlKey || event.metaKey) return;
      begin(event, card, movedWith(board, row, cell.path));
    },
  };
}
