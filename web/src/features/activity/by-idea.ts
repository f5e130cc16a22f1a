import type { ActivitySet } from './calls.ts';

/** One change of a step. */
export type Change = NonNullable<ActivitySet['changes']>[number];

/** The idea that a change is about; undefined for none. */
function ideaOf({ kind, id, attr, old, new: after }: Change): number | undefined {
  if (kind === 'idea') return id;
  const { parent } = ((attr ? undefined : (after ?? old)) ?? {}) as { parent?: number };
  return parent;
}

/** The insight that a change is about, or that it linked to an idea; undefined for none. */
export function insightOf({ kind, id, attr, old, new: after }: Change): number | undefined {
  if (kind === 'insight') return id;
  if (kind !== 'evidence' || attr) return undefined;
  return ((after ?? old) as { attrs?: { insight?: number } } | undefined)?.attrs?.insight;
}

/** Steps of one group that follow each other are one: they were done, and are taken back, together. */
export function byGroup(sets: readonly ActivitySet[]): ActivitySet[] {
  const runs: ActivitySet[][] = [];
  for (const set of sets) {
    const last = runs.at(-1)?.[0];
    if (last && set.group && last.group === set.group && last.project === set.project) runs.at(-1)?.push(set);
    else runs.push([set]);
  }
  return runs.map((run) => {
    const [newest] = run as [ActivitySet];
    if (run.length === 1) return newest;
    const more = run.reduce((sum, set) => sum + (set.more ?? 0), 0);
    const reason = run.find((set) => set.reason)?.reason;
    return {
      ...newest,
      changes: run.flatMap((set) => set.changes ?? []),
      ...(more > 0 && { more }),
      ...(reason && { reason }),
    };
  });
}

/** Changes gathered by the idea that they are about. */
export function byIdea(changes: readonly Change[]): Map<number | undefined, Change[]> {
  const out = new Map<number | undefined, Change[]>();
  // The whole tells of its parts; a part itself is called as the whole is.
  const whole = changes.some(({ attr }) => attr === 'parts');
  const parts = new Set(changes.filter(({ attr }) => whole && attr === 'mergedInto').map(({ id }) => id));
  for (const change of changes) {
    if (parts.has(change.id)) continue;
    const idea = ideaOf(change);
    const own = out.get(idea);
    if (own) own.push(change);
    else out.set(idea, [change]);
  }
  return out;
}
