import { type ComponentType, createElement, lazy } from 'react';
import { whenIdle } from './idle.ts';

/** A component in a file of its own, which can be fetched before it is drawn. */
export type LazyPart<P> = ComponentType<P> & {
  /** Fetches it; drawn after that, it is there at once and nothing is shown in its place. */
  preload: () => Promise<void>;
  /**
   * Runs what needs it: at once when it is there, else as soon as it is. When it cannot be had that runs too, since
   * drawing it tells why, or what is given for that case.
   */
  whenThere: (run: () => void, otherwise?: () => void) => void;
};

/** How long to wait before what could not be fetched is asked for again, in ms. */
const again = [400, 1600];
/** How often people have asked to try again. */
let asked = 0;

/** Lets parts that could not be had be asked for anew where they are drawn from now on. */
export function tryPartsAgain(): void {
  asked += 1;
}

/**
 * Like React's lazy, for what may be fetched ahead. React shows what stands in for a part that is not there for 300 ms
 * at least, also when it comes at once; a part that was fetched ahead never waits. What cannot be fetched is asked for
 * again a little later; when that fails too, drawing it fails until somebody asks to try again.
 */
export function lazyPart<P extends object>(load: () => Promise<{ default: ComponentType<P> }>): LazyPart<P> {
  let there: { default: ComponentType<P> } | undefined;
  let failedAt: number | undefined;
  const fetched = async (tries = 0): Promise<{ default: ComponentType<P> }> => {
    try {
      there ??= await load();
      return there;
    } catch (error) {
      const after = again[tries];
      if (after === undefined) throw error;
      await new Promise((go) => setTimeout(go, after));
      return fetched(tries + 1);
    }
  };
  const make = () =>
    lazy<ComponentType<P>>(() => {
      const module = there;
      // React takes a thenable that answers at once for what is there.
      // biome-ignore lint/suspicious/noThenProperty: a promise would answer later
      if (module) return { then: (use: (it: typeof module) => void) => use(module) } as never;
      return fetched().catch((error: unknown) => {
        failedAt = asked;
        throw error;
      });
    });
  let inner = make();
  const Part = (props: P) => {
    // One of React's that failed has failed for ever.
    if (failedAt !== undefined && (there || failedAt < asked)) {
      failedAt = undefined;
      inner = make();
    }
    return createElement(inner as ComponentType<P>, props);
  };
  return Object.assign(Part, {
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
export function soonPart<P extends object>(load: () => Promise<{ default: ComponentType<P> }>): LazyPart<P> {
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
