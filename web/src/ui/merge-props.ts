import { type Ref, type RefCallback, useCallback } from 'react';

/** What an element is given. */
export type Props = Record<string, unknown>;

type Handler = (event: { baseUIHandlerPrevented?: boolean }) => unknown;

/**
 * The props of an element, and what is to be added to it: its own go before the added ones, and of handlers of the same
 * event its own runs first. The ref is left to useMergedRef.
 */
export function mergeProps(own: Props, added: Props): Props {
  const merged = { ...added };
  for (const [name, value] of Object.entries(own)) {
    const other = added[name];
    if (value === undefined) continue;
    if (/^on[A-Z]/.test(name) && typeof value === 'function' && typeof other === 'function')
      merged[name] = inTurn(value as Handler, other as Handler);
    else merged[name] = value;
  }
  return merged;
}

function inTurn(first: Handler, second: Handler): Handler {
  return (event) => {
    first(event);
    second(event);
  };
}

/** One ref that tells two. */
export function useMergedRef<T>(one: unknown, other: unknown): RefCallback<T> {
  return useCallback(
    (element: T | null) => {
      const ends = [tell(one as Ref<T>, element), tell(other as Ref<T>, element)];
      return () => {
        for (const end of ends) end();
      };
    },
    [one, other],
  );
}

function tell<T>(ref: Ref<T> | undefined, element: T | null): () => void {
  if (typeof ref === 'function') {
    const end = ref(element);
    return () => {
      if (typeof end === 'function') end();
      else ref(null);
    };
  }
  if (!ref) return () => {};
  ref.current = element;
  return () => {
    ref.current = null;
  };
}
