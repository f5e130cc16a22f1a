import { readStored, writeStored } from '@/lib/storage.ts';
import { foldedAt, type TreeModel } from './model.ts';

/** Ideas above which a tree that nobody has folded yet opens with its first two levels only. */
const large = 300;

const key = () => `cairn.tree.folded.${location.pathname}`;

/** What this person folded away in the view that is open; undefined when they have not folded anything yet. */
export function readFolds(): ReadonlySet<number> | undefined {
  const text = readStored(key());
  if (text === null) return undefined;
  try {
    const ids: unknown = JSON.parse(text);
    return new Set(Array.isArray(ids) ? ids.filter((id): id is number => typeof id === 'number') : []);
  } catch {
    return undefined;
  }
}

/** Remembers what is folded away. */
export function writeFolds(folded: ReadonlySet<number>): void {
  writeStored(key(), JSON.stringify([...folded]));
}

/** How a tree opens that nobody has folded yet. */
export function firstFolds(model: TreeModel): ReadonlySet<number> {
  return model.nodes.length > large ? foldedAt(model, 1) : new Set();
}
