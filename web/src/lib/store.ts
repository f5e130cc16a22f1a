import { useSyncExternalStore } from 'react';

/** A value that can be watched. */
export interface Store<T> {
  /** The value now. */
  get: () => T;
  /** Replaces the value, or computes it from the last one; tells the watchers when it is another (Object.is). */
  set: (next: T | ((last: T) => T)) => void;
  /** Calls back after each change; returns how to stop. */
  subscribe: (changed: () => void) => () => void;
}

/** Makes a store that holds one value. */
export function createStore<T>(initial: T): Store<T> {
  let value = initial;
  const watchers = new Set<() => void>();
  return {
    get: () => value,
    set: (next) => {
      const after = typeof next === 'function' ? (next as (last: T) => T)(value) : next;
      if (Object.is(after, value)) return;
      value = after;
      for (const changed of [...watchers]) changed();
    },
    subscribe: (changed) => {
      watchers.add(changed);
      return () => watchers.delete(changed);
    },
  };
}

/** The value of a store, followed. */
export function useStore<T>(store: Store<T>): T {
  return useSyncExternalStore(store.subscribe, store.get);
}
