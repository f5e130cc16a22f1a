import { useEffect, useState } from 'react';

/** After so long the rest is drawn also where nothing is painted, as in a tab in the background; in ms. */
const patience = 500;

let over = false;
const waiting = new Set<() => void>();

/** The first paint is over, or there is none to wait for, as in tests: from now on everything is drawn at once. */
export function endFirstPaint(): void {
  over = true;
  for (const tell of waiting) tell();
  waiting.clear();
}

/** Ends the first paint when the browser has drawn what stands now; once, around the app. */
export function useFirstPaint(): void {
  useEffect(() => {
    if (over) return;
    const timer = setTimeout(endFirstPaint, patience);
    // A message comes after the frame that the callback stands in.
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = endFirstPaint;
    const frame = requestAnimationFrame(() => port2.postMessage(null));
    return () => {
      clearTimeout(timer);
      cancelAnimationFrame(frame);
      port1.close();
    };
  }, []);
}

/**
 * Whether the page's first paint is over. What a person looks for is painted first; what stands around it (menus,
 * tools, the sidebar's lines) follows a frame later, in a place that was kept for it.
 */
export function usePainted(): boolean {
  const [painted, setPainted] = useState(over);
  useEffect(() => {
    if (painted) return;
    const tell = () => setPainted(true);
    if (over) return tell();
    waiting.add(tell);
    return () => {
      waiting.delete(tell);
    };
  }, [painted]);
  return painted;
}
