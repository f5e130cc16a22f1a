import { useCallback, useSyncExternalStore } from 'react';

/** The width below which the layout is that of a phone. Keep in step with the same width in the style sheets. */
export const phoneQuery = '(max-width: 719px)';

/** Says whether a media query matches now, and follows it. */
export function useMediaQuery(query: string): boolean {
  const subscribe = useCallback(
    (changed: () => void) => {
      const list = matchMedia(query);
      list.addEventListener('change', changed);
      return () => list.removeEventListener('change', changed);
    },
    [query],
  );
  return useSyncExternalStore(subscribe, () => matchMedia(query).matches);
}
