import { whenIdle } from '@/lib/idle.ts';
import { lazyPart } from '@/lib/lazy-part.ts';
import type { MenuPartProps } from './MenuPart.tsx';
import type { TipPartProps } from './TipPart.tsx';

// What floats over the page is in a script of its own, which comes when the first paint is over: a control stands there
// before it can open anything, and opens it as soon as the script is there.

/** The menu of a button. */
export const MenuPart = lazyPart<MenuPartProps>(() => import('./MenuPart.tsx'));

/** The explanation of a control. */
export const TipPart = lazyPart<TipPartProps>(() => import('./TipPart.tsx'));

/** The messages at the edge of the screen. */
export const ToastPart = lazyPart(() => import('./ToastPart.tsx'));

/** Fetches what floats, once the browser has nothing better to do. What cannot be had now is asked for again when it is wanted. */
export function fetchPopups(): () => void {
  return whenIdle(() => {
    for (const part of [MenuPart, TipPart]) void part.preload().catch(() => undefined);
  });
}
