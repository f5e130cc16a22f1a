import type { CellValue } from '@/sync/types.ts';
import type { TreeModel } from './model.ts';
import type { Drawing } from './tidy.ts';

/** Two nodes that are linked or connected, the lower number first. */
export type CrossLink = readonly [number, number];

/** What connects ideas beside the tree itself. */
export interface Ties {
  links: readonly { from: { id: number }; to: { id: number } }[];
  /** The values of connection fields by the idea that holds them. */
  connections: Iterable<readonly [number, CellValue]>;
}

/** The pairs of nodes that links and connections tie together: each once, without a parent and its child. */
export function crossLinks({ at, nodes }: TreeModel, { links, connections }: Ties): CrossLink[] {
  const pairs = new Map<string, CrossLink>();
  const add = (one: number, other: number) => {
    const [a, b] = [at.get(one), at.get(other)];
    if (a === undefined || b === undefined || a === b) return;
    if (nodes[a]?.parent === b || nodes[b]?.parent === a) return;
    const pair: CrossLink = a < b ? [a, b] : [b, a];
    pairs.set(pair.join(' '), pair);
  };
  for (const { from, to } of links) add(from.id, to.id);
  for (const [id, value] of connections)
    if (Array.isArray(value)) for (const other of value) if (typeof other === 'number') add(id, other);
  return [...pairs.values()];
}

/** How far a line between two cards of one level swings out, in px. */
const swing = 26;

/** The line between two cards that are both in sight, as an SVG path; empty when one is not. */
export function crossPath({ places, measure }: Drawing, [a, b]: CrossLink): string {
  const [one, other] = [places.get(a), places.get(b)];
  if (!one || !other) return '';
  const { width, height } = measure;
  const [left, right] = one.x <= other.x ? [one, other] : [other, one];
  const [yl, yr] = [left.y + height / 2, right.y + height / 2];
  if (right.x >= left.x + width) {
    const [x0, x1] = [left.x + width, right.x];
    const middle = (x0 + x1) / 2;
    return `M${x0} ${yl}C${middle} ${yl} ${middle} ${yr} ${x1} ${yr}`;
  }
  // One above the other: around their right sides.
  const out = Math.max(left.x, right.x) + width + swing;
  return `M${left.x + width} ${yl}C${out} ${yl} ${out} ${yr} ${right.x + width} ${yr}`;
}
