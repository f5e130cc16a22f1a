import { useEffect } from 'react';

/** How long a finger rests on something until it holds it, in ms. */
const rest = 350;
/** How far a finger wanders that means to stay, in px. */
export const wander = 8;

/** A press by a finger. */
export interface FingerPress {
  clientX: number;
  clientY: number;
  pointerId: number;
  target: EventTarget | null;
}

/**
 * Waits until a finger holds what it pressed; a finger that moves on, leaves or is joined by a second one scrolls or
 * zooms instead. From then on until the finger leaves nothing scrolls under it. Returns what gives up waiting.
 */
export function whenHeld(press: FingerPress, lift: () => void): () => void {
  const waiting = new AbortController();
  const giveUp = () => {
    clearTimeout(timer);
    waiting.abort();
  };
  const timer = setTimeout(() => {
    giveUp();
    keepStill(press.target);
    if (navigator.userActivation?.hasBeenActive) navigator.vibrate?.(10);
    lift();
  }, rest);
  const { signal } = waiting;
  const on = (
    name: 'pointermove' | 'pointerup' | 'pointercancel' | 'pointerdown',
    run: (at: PointerEvent) => void,
  ) => window.addEventListener(name, run, { signal, capture: true });
  on('pointermove', (moved) => {
    if (moved.pointerId !== press.pointerId) return;
    if (Math.hypot(moved.clientX - press.clientX, moved.clientY - press.clientY) > wander) giveUp();
  });
  on('pointerdown', (other) => {
    if (other.pointerId !== press.pointerId) giveUp();
  });
  on('pointerup', giveUp);
  on('pointercancel', giveUp);
  return giveUp;
}

/** Keeps the page from scrolling until the fingers on an element are gone, also after it was taken off the page. */
function keepStill(target: EventTarget | null): void {
  if (!target) return;
  const done = new AbortController();
  const { signal } = done;
  target.addEventListener('touchmove', (event) => event.preventDefault(), { signal, passive: false });
  for (const name of ['touchend', 'touchcancel'])
    target.addEventListener(name, () => done.abort(), { signal });
}

/** To be used by what may be held: a browser asks before it scrolls only where that was known when the finger came. */
export function useHolds(): void {
  useEffect(() => {
    const ask = () => {};
    window.addEventListener('touchmove', ask, { passive: false });
    return () => window.removeEventListener('touchmove', ask);
  }, []);
}

/** Whether a finger asks for a menu by resting: where that holds, the menu comes when the finger goes. */
export function byFinger(event: { nativeEvent: Event }): boolean {
  return 'pointerType' in event.nativeEvent && event.nativeEvent.pointerType === 'touch';
}
