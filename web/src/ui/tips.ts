import type { ReactNode } from 'react';
import { createStore, type Store } from '@/lib/store.ts';
import type { Side } from './sides.ts';

/** What is told about a control. */
export interface Tip {
  content: ReactNode;
  shortcut?: string;
  side: Side;
}

/** A tip beside its control. */
export interface ShownTip extends Tip {
  anchor: Element;
  /** It follows another at once, without fading in. */
  instant: boolean;
}

/** How long the pointer rests on a control before it is explained, in ms. */
const rest = 500;
/** A neighbour's tip needs no rest when the last one has gone less than so long before, in ms. */
const chain = 300;
/** So long the pointer may be on its way from a control to its tip, in ms. */
const grace = 120;

/** Which tip is shown, and when: one at a time on the whole page. */
export interface Tips {
  shown: Store<ShownTip | null>;
  /** The pointer is on a control: its tip comes after a while. */
  enter: (anchor: Element, tip: () => Tip) => void;
  /** The pointer has left a control, or the tip. */
  leave: () => void;
  /** The pointer is on the tip itself, which stays. */
  stay: () => void;
  /** The keys have brought the focus to a control: its tip comes at once. */
  show: (anchor: Element, tip: Tip) => void;
  /** The tip goes; the pointer has to come anew. */
  hide: () => void;
  /** What is told about a control may be another now, or (null) it is no longer there. */
  change: (anchor: Element | null, tip: Tip | null) => void;
}

/** Makes the tips of a page. */
export function createTips(now: () => number = () => performance.now()): Tips {
  const shown = createStore<ShownTip | null>(null);
  let timer: ReturnType<typeof setTimeout> | undefined;
  let waiting: Element | undefined;
  let gone = Number.NEGATIVE_INFINITY;

  const stop = () => {
    clearTimeout(timer);
    waiting = undefined;
  };
  const show = (anchor: Element, tip: Tip) => {
    stop();
    shown.set({ ...tip, anchor, instant: shown.get() !== null || now() - gone < chain });
  };
  const hide = () => {
    stop();
    if (shown.get() === null) return;
    gone = now();
    shown.set(null);
  };
  return {
    shown,
    show,
    hide,
    stay: stop,
    enter: (anchor, tip) => {
      stop();
      if (shown.get()?.anchor === anchor) return;
      if (shown.get() !== null || now() - gone < chain) return show(anchor, tip());
      waiting = anchor;
      timer = setTimeout(() => show(anchor, tip()), rest);
    },
    leave: () => {
      stop();
      if (shown.get() !== null) timer = setTimeout(hide, grace);
    },
    change: (anchor, tip) => {
      if (anchor === null) return;
      if (tip === null && waiting === anchor) stop();
      const last = shown.get();
      if (last?.anchor !== anchor) return;
      if (tip === null) hide();
      else if (last.content !== tip.content || last.shortcut !== tip.shortcut) shown.set({ ...last, ...tip });
    },
  };
}

/** The tips of this page. */
export const tips = createTips();
