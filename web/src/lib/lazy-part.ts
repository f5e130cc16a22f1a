import { type ComponentType, type LazyExoticComponent, lazy } from 'react';
import { whenIdle } from './idle.ts';

/** A component in a file of its own, which can be fetched before it is drawn. */
export type LazyPart<P> = LazyExoticComponent<ComponentType<P>> & {
  /** Fetches it; drawn after that, it is there at once and nothing is shown in its place. */
  preload: () => Promise<void>;
  /**
   * Runs what needs it: at once when it is there, else as soon as it is. When it cannot be had that runs too, since
   * drawing it tells why, or what is given for that case.
   */
  whenThere: (run: () => void, otherwise?: () => void) => void;
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
    whenThere: (run: () => void, otherwise = run) => {
      if (there) run();
      else void fetched().then(run, otherwise);
    },
  });
}

const soon: (() => Promise<void>)[] = [];

/** A lazy part that is wanted before long on most pages, such as what opens at a click: see fetchSoon. */
export function soonPart<P>(load: () => Promise<{ default: ComponentType<P> }>): LazyPart<P> {
  const part = lazyPart(load);
  soon.push(part.preload);
  return part;
}

/** Fetches the parts that will be wanted, once the browser has nothing better to do. Returns how to call it off. */
export function fetchSoon(): () => void {
  const fetchAll = () => {
    // What cannot be fetched now is asked for again when it is drawn.
    for (const fetch of soon.splice(0)) void fetch().catch(() => undefined);
  };
  return whenIdle(fetchAll);
}
