import type { ActivitySet } from './calls.ts';

/** One change of a step. */
export type Change = NonNullable<ActivitySet['changes']>[number];

/** The idea that a change is about; undefined for none. */
function ideaOf({ kind, id, attr, old, new: after }: Change): number | undefined {
  if (kind === 'idea') return id;
  const { parent } = ((attr ? undefined : (after ?? old)) ?? {}) as { parent?: number };
  return parent;
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
