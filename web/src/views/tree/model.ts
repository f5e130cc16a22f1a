import type { TreeShape } from '@/sync/result.ts';

/** One idea of the tree. Numbers point at other nodes of the same model. */
export interface TreeNode {
  id: number;
  /** The place in the result. */
  position: number;
  depth: number;
  /** The node above; -1 at the top. */
  parent: number;
  children: number[];
  /** Shown only since something below is found. */
  muted: boolean;
}

/** The ideas of a result as a tree, and those that belong nowhere. */
export interface TreeModel {
  nodes: readonly TreeNode[];
  roots: readonly number[];
  /** Positions in the result, with their ideas. */
  orphans: readonly { id: number; position: number }[];
  /** The node of an idea. */
  at: ReadonlyMap<number, number>;
  deepest: number;
}

/** Reads the shape that the server sends. */
export function modelOf(shape: TreeShape | undefined): TreeModel {
  const { ids = [], depths = [], muted = [], orphans = 0 } = shape ?? {};
  const silent = new Set(muted);
  const nodes: TreeNode[] = [];
  const roots: number[] = [];
  const at = new Map<number, number>();
  const path: number[] = [];
  const end = ids.length - orphans;
  let deepest = 0;
  for (let position = 0; position < end; position += 1) {
    const depth = depths[position] ?? 0;
    const id = ids[position] ?? 0;
    const parent = depth === 0 ? -1 : (path[depth - 1] ?? -1);
    const index = nodes.length;
    nodes.push({ id, position, depth, parent, children: [], muted: silent.has(position) });
    at.set(id, index);
    path[depth] = index;
    deepest = Math.max(deepest, depth);
    if (parent < 0) roots.push(index);
    else nodes[parent]?.children.push(index);
  }
  const loose = ids.slice(end).map((id, n) => ({ id, position: end + n }));
  return { nodes, roots, orphans: loose, at, deepest };
}

/** How many ideas stand below a node. */
export function countBelow(model: TreeModel, index: number): number {
  // In the order of the result everything below a node follows it.
  const depth = model.nodes[index]?.depth ?? 0;
  let end = index + 1;
  while (end < model.nodes.length && (model.nodes[end]?.depth ?? 0) > depth) end += 1;
  return end - index - 1;
}

/** The nodes that are seen while some are folded, in their order. */
export function visibleNodes(model: TreeModel, folded: ReadonlySet<number>): number[] {
  const out: number[] = [];
  let hiddenBelow = Number.POSITIVE_INFINITY;
  for (const [index, node] of model.nodes.entries()) {
    if (node.depth > hiddenBelow) continue;
    hiddenBelow = Number.POSITIVE_INFINITY;
    out.push(index);
    if (folded.has(node.id) && node.children.length > 0) hiddenBelow = node.depth;
  }
  return out;
}

/** Whether a node is another one or stands below it. */
export function isWithin(model: TreeModel, index: number, above: number): boolean {
  for (let at = index; at >= 0; at = model.nodes[at]?.parent ?? -1) if (at === above) return true;
  return false;
}

/** The ideas that are folded when the tree is open down to a level, 0 for the roots alone. */
export function foldedAt(model: TreeModel, level: number): Set<number> {
  return new Set(
    model.nodes.filter((node) => node.depth >= level && node.children.length > 0).map((node) => node.id),
  );
}
