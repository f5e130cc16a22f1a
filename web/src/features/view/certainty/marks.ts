import type { CutLine } from '@/sync/certainty.ts';
import type { RowMark, RowMarks } from '@/views/types.ts';
import { chanceWords } from './words.ts';

/** Ideas as the cut line takes them. */
export type Taken = NonNullable<CutLine['ideas']>[number];

/** What rows show of an order: which ideas are a coin toss apart, and where a capacity ends. */
export function marksOf(ties: readonly (readonly number[])[], cut?: readonly Taken[]): RowMarks {
  const tieOf = new Map(ties.flatMap((tie) => tie.map((id) => [id, tie] as const)));
  const taken = new Map(cut?.map((idea) => [idea.id, idea]));
  const ends = endsOf(cut ?? []);
  // Ideas far below the line are not named.
  const fits = (id: number | undefined) => id !== undefined && taken.get(id)?.fits === true;
  /** Whether the capacity ends between two rows: below that nothing of the team is left but must-haves. */
  const endsBetween = (above: number | undefined, below: number | undefined): boolean => {
    const [upper, lower] = [taken.get(above ?? 0), taken.get(below ?? 0)];
    if (!upper?.fits || below === undefined || fits(below)) return false;
    return upper.place < (ends.get(lower?.team ?? 0) ?? ends.get(undefined) ?? 0);
  };
  const known = new Map<string, RowMark>();
  return {
    at: (id, { above, below }) => {
      const tie = tieOf.get(id);
      const [up, down] = tie
        ? [tieOf.get(above ?? 0) === tie, tieOf.get(below ?? 0) === tie]
        : [false, false];
      const idea = taken.get(id);
      const end = endsBetween(id, below);
      const near = end || endsBetween(above, id);
      const open = idea !== undefined && idea.chance > 0.05 && idea.chance < 0.95;
      // Below the line what still fits says so: a must-have, or one of another team.
      const passed = idea?.fits && idea.place > (ends.get(undefined) ?? Number.POSITIVE_INFINITY);
      const mark: RowMark = {
        ...(tie && (up || down) && { tie: up ? (down ? 'middle' : 'last') : 'first', tied: tie.length }),
        ...(end && { end: true }),
        ...(idea && (near || open || passed) && { fits: chanceWords(idea.chance) }),
      };
      const key = `${mark.tie} ${mark.tied} ${mark.end} ${mark.fits}`;
      if (Object.keys(mark).length === 0) return undefined;
      const same = known.get(key) ?? mark;
      known.set(key, same);
      return same;
    },
  };
}

/** Where in the order each team's first idea stands that does not fit; under undefined that of any. */
function endsOf(cut: readonly Taken[]): ReadonlyMap<number | undefined, number> {
  const ends = new Map<number | undefined, number>();
  for (const { fits, team, place } of cut) {
    if (fits) continue;
    for (const of of [team ?? 0, undefined])
      ends.set(of, Math.min(place, ends.get(of) ?? Number.POSITIVE_INFINITY));
  }
  return ends;
}
