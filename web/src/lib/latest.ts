import { useCallback, useLayoutEffect, useRef } from 'react';

/**
 * A function that returns the value of the last finished render and is itself always the same: for handlers and
 * effects that should not begin anew when the value changes.
 */
export function useLatest<T>(value: T): () => T {
  const box = useRef(value);
  useLayoutEffect(() => {
    box.current = value;
  });
  return useCallback(() => box.current, []);
}
