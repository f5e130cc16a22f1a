import type { CutLine } from '@/sync/certainty.ts';
import type { RowMark, RowMarks } from '@/views/types.ts';
import { chanceWords } from './words.ts';

/** What rows show of an order: which ideas are a coin toss apart, and where a capacity ends. */
export function marksOf(
  ids: readonly number[],
  ties: readonly (readonly number[] | null)[],
  cut?: readonly NonNullable<CutLine['ideas']>[number][],
): RowMarks {
  const marks = new Map<number, RowMark>();
  const add = (id: number | undefined, mark: RowMark) => {
    if (id !== undefined) marks.set(id, { ...marks.get(id), ...mark });
  };
  for (const tie of ties) {
    const [first = 0, last = 0] = tie ?? [];
    for (let at = first; at <= last; at += 1)
      add(ids[at], {
        tie: at === first ? 'first' : at === last ? 'last' : 'middle',
        tied: last - first + 1,
      });
  }
  if (!cut) return marks;
  const taken = new Map(cut.map((idea) => [idea.id, idea]));
  const out = ids.findIndex((id) => taken.get(id)?.fits === false);
  for (const [at, id] of ids.entries()) {
    const idea = taken.get(id);
    if (!idea) continue;
    const near = out > 0 && (at === out - 1 || at === out);
    const open = idea.chance > 0.05 && idea.chance < 0.95;
    // Below the line what still fits says so: a must-have, or one of another team.
    const passed = out >= 0 && at > out && idea.fits;
    if (near || open || passed) add(id, { fits: chanceWords(idea.chance) });
    if (at === out - 1) add(id, { end: true });
  }
  return marks;
}
