/** What a tab is writing just now. */
export interface Writes {
  /** Notes a write until it has ended; returns it. */
  track: <T>(write: Promise<T>) => Promise<T>;
  /** Waits until all that is being written now has ended, well or not. */
  ended: () => Promise<void>;
}

/** Makes an empty note of writes. Undo waits for them: what is being written is shown already, so it is what is meant. */
export function createWrites(): Writes {
  const underway = new Set<Promise<unknown>>();
  return {
    track: (write) => {
      underway.add(write);
      const forget = () => underway.delete(write);
      write.then(forget, forget);
      return write;
    },
    ended: async () => {
      await Promise.allSettled([...underway]);
    },
  };
}
