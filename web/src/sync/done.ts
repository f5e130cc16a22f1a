/** What was done outside of an open project's own screens, as in the sidebar, so that undo there takes it back too. */
export interface Done {
  project: string;
  group: string;
}

const bus = new EventTarget();

/** Tells the open project of an edit. */
export function tellDone(done: Done): void {
  bus.dispatchEvent(new CustomEvent<Done>('done', { detail: done }));
}

/** Calls back for each edit that was told; returns how to stop. */
export function listenDone(heard: (done: Done) => void): () => void {
  const listener = (event: Event) => heard((event as CustomEvent<Done>).detail);
  bus.addEventListener('done', listener);
  return () => bus.removeEventListener('done', listener);
}
