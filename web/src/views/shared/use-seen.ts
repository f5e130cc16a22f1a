import { useEffect, useState, useSyncExternalStore } from 'react';
import { markSeen, type Readable, useWatchers } from '@/sync/inbox.ts';
import { useFresh } from './fresh.tsx';

/** How long a thing is in sight before it counts as looked at, in ms: who steps through a list reads nothing by it. */
const dwell = 700;

const follow = (changed: () => void) => {
  document.addEventListener('visibilitychange', changed);
  return () => document.removeEventListener('visibilitychange', changed);
};

function useInSight(): boolean {
  return useSyncExternalStore(follow, () => document.visibilityState === 'visible');
}

/** Notes that a thing was seen once it was in sight for long enough; returns how to call that off. */
function lookAt(what: Parameters<typeof markSeen>[0]): () => void {
  const timer = setTimeout(() => {
    // What could not be noted stays unread; the next look notes it.
    markSeen(what).catch(() => {});
  }, dwell);
  return () => clearTimeout(timer);
}

/** Reads the notices about a view while it is in sight; where there are none, nothing is written. */
export function useReadView(view: number): void {
  const inSight = useInSight();
  const fresh = useFresh(view);
  useEffect(() => {
    if (!fresh || !inSight) return;
    return lookAt({ view });
  }, [fresh, inSight, view]);
}

/**
 * Marks an idea or an insight as seen while it is in sight, and again whenever `state` says that there is more of it. Returns
 * until when the person had seen it before they came; undefined when they never had, or before that is known.
 */
export function useSeen(
  what: Exclude<Readable, { view: number }>,
  state: string | undefined,
): string | undefined {
  const { data, isFetchedAfterMount } = useWatchers(what, true);
  const ofIdea = 'idea' in what;
  const id = ofIdea ? what.idea : what.insight;
  const [before, setBefore] = useState<string | null>();
  if (before === undefined && data && isFetchedAfterMount) setBefore(data.seenAt ?? null);
  const known = before !== undefined;
  const inSight = useInSight();
  const fresh = useFresh(id);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is new in sight, by itself or by a notice, is seen again
  useEffect(() => {
    if (!known || !inSight || state === undefined) return;
    return lookAt(ofIdea ? { idea: id } : { insight: id });
  }, [known, inSight, state, fresh, ofIdea, id]);
  return before ?? undefined;
}
