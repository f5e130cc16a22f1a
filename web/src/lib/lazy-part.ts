import { type ComponentType, type LazyExoticComponent, lazy } from 'react';

/** A component in a file of its own, which can be fetched before it is drawn. */
export type LazyPart<P> = LazyExoticComponent<ComponentType<P>> & {
  /** Fetches it; drawn after that, it is there at once and nothing is shown in its place. */
  preload: () => Promise<void>;
};

/**
 * Like React's lazy, for what may be fetched ahead. React shows what stands in for a part that is not there for 300 ms
 * at least, also when it comes at once; a part that was fetched ahead never waits.
 */
export function lazyPart<P>(load: () => Promise<{ default: ComponentType<P> }>): LazyPart<P> {
  let there: { default: ComponentType<P> } | undefined;
  const fetched = async () => {
    there ??= await load();
    return there;
  };
  const part = lazy<ComponentType<P>>(() => {
    const module = there;
    // React takes a thenable that answers at once for what is there.
    // biome-ignore lint/suspicious/noThenProperty: a promise would answer later
    return module ? ({ then: (use: (it: typeof module) => void) => use(module) } as never) : fetched();
  });
  return Object.assign(part, {
    preload: async () => {
      await fetched();
    },
  });
}
