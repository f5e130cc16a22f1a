/** Runs something once the browser has nothing better to do; after `patience` ms in any case, where that is given. Returns how to call it off. */
export function whenIdle(run: () => void, patience?: number): () => void {
  // Safari knows no idle time.
  if (typeof requestIdleCallback === 'undefined') {
    const timer = setTimeout(run, 500);
    return () => clearTimeout(timer);
  }
  const request = requestIdleCallback(run, patience === undefined ? undefined : { timeout: patience });
  return () => cancelIdleCallback(request);
}
