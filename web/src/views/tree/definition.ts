import type { components } from '@/api/schema.d.ts';
import { childrenRef } from '@/sync/facts.ts';
import type { Ref, ViewInput } from '@/sync/types.ts';

/** How a tree is drawn, as it is saved. */
export type TreeLayout = components['schemas']['TreeLayout'];
/** Where children stand. */
export type Direction = 'right' | 'left' | 'down' | 'up';

/** The directions, in the order a menu shows them. */
export const directions: readonly Direction[] = ['right', 'left', 'down', 'up'];

/** The functions that sum children up. */
export const sumOps = ['sum', 'average', 'min', 'max', 'filled'] as const;

/** The tree's part of a definition. */
export function layoutOf(definition: ViewInput): TreeLayout {
  return definition.layout?.tree ?? {};
}

/** The direction of a tree; what this app does not know is drawn to the right. */
export function directionOf(layout: TreeLayout): Direction {
  return directions.find((each) => each === layout.direction) ?? 'right';
}

/** A change of the tree's part. */
export function withTree(definition: ViewInput, change: Partial<TreeLayout>): Partial<ViewInput> {
  return { layout: { ...definition.layout, tree: { ...layoutOf(definition), ...change } } };
}

/** The fields that cards show, the roll-ups of children last. */
export function shownRefs(definition: ViewInput): Ref[] {
  const own = (definition.columns ?? []).map((column) => column.field);
  const sums = (layoutOf(definition).rollups ?? []).map(({ op, field }) => childrenRef(op, field));
  const always = new Set(['title', 'key', 'type', 'parent']);
  return [...new Set([...own.filter((ref) => !always.has(ref)), ...sums])];
}

/** What the tree needs of each idea. */
export function refsOf(definition: ViewInput): Ref[] {
  return [...new Set(['title', 'type', 'parent', 'children', ...shownRefs(definition)])];
}
