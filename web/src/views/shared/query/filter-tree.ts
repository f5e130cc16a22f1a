import { filterOp, isOperand, operandShape } from '@/fields/filter-ops.ts';
import type { FieldInfo, FieldTypeName, Filter, Ref } from '@/sync/types.ts';

/** How the parts of a group count: all of them, any, none, or not all. */
export type GroupMode = 'all' | 'any' | 'none' | 'notAll';

/** A comparison while it is edited. */
export interface TestNode {
  kind: 'test';
  id: number;
  field: Ref;
  op: string;
  value: unknown;
}

/** A group of conditions while it is edited. */
export interface GroupNode {
  kind: 'group';
  id: number;
  mode: GroupMode;
  children: FilterNode[];
}

/** A part of the tree that the builder edits; it may still be incomplete. */
export type FilterNode = TestNode | GroupNode;

/** Gives ids to nodes, so that they keep their place in the list while others come and go. */
export interface Ids {
  next: () => number;
}

/** Makes a counter. */
export function makeIds(): Ids {
  let last = 0;
  return {
    next: () => {
      last += 1;
      return last;
    },
  };
}

/** The type as which a field is compared: of keys, which are shown as texts, the number. */
export function comparedAs(field: FieldInfo): FieldTypeName;
export function comparedAs(field: FieldInfo | undefined): FieldTypeName | undefined;
export function comparedAs(field: FieldInfo | undefined): FieldTypeName | undefined {
  return field?.ref === 'key' ? 'number' : field?.type;
}

function group(ids: Ids, mode: GroupMode, parts: readonly Filter[]): GroupNode {
  return { kind: 'group', id: ids.next(), mode, children: parts.map((part) => nodeOf(part, ids)) };
}

function nodeOf(filter: Filter, ids: Ids): FilterNode {
  if (filter.all) return group(ids, 'all', filter.all);
  if (filter.any) return group(ids, 'any', filter.any);
  if (filter.not) {
    if (filter.not.any) return group(ids, 'none', filter.not.any);
    return filter.not.all ? group(ids, 'notAll', filter.not.all) : group(ids, 'none', [filter.not]);
  }
  return {
    kind: 'test',
    id: ids.next(),
    field: filter.field ?? '',
    op: filter.op ?? '',
    value: filter.value,
  };
}

/** A filter as the tree that the builder edits; its root is always a group. */
export function treeOf(filter: Filter | undefined, ids: Ids): GroupNode {
  if (!filter || Object.keys(filter).length === 0) return group(ids, 'all', []);
  const node = nodeOf(filter, ids);
  return node.kind === 'group' ? node : { kind: 'group', id: ids.next(), mode: 'all', children: [node] };
}

/** The filter that a tree stands for; what is incomplete is left out, {} when nothing remains. */
export function filterOf(node: FilterNode, typeOf: (ref: Ref) => FieldTypeName | undefined): Filter {
  if (node.kind === 'test') {
    const type = typeOf(node.field);
    const op = filterOp(node.op);
    if (!type || !op) return {};
    const shape = operandShape(op, type);
    if (!isOperand(shape, node.value)) return {};
    return { field: node.field, op, ...(shape === 'none' ? {} : { value: node.value }) };
  }
  const parts = node.children
    .map((child) => filterOf(child, typeOf))
    .filter((part) => Object.keys(part).length > 0);
  if (parts.length === 0) return {};
  if (node.mode === 'all') return { all: parts };
  if (node.mode === 'any') return { any: parts };
  return { not: node.mode === 'none' ? { any: parts } : { all: parts } };
}

/** The tree with one node replaced, or removed where the change gives undefined. */
export function withNode<T extends FilterNode>(
  root: T,
  id: number,
  change: (node: FilterNode) => FilterNode | undefined,
): T {
  if (root.kind === 'test') return root;
  const children = root.children.flatMap((child) => {
    if (child.id === id) return change(child) ?? [];
    return withNode(child, id, change);
  });
  return { ...root, children };
}

/** The filter without one of the conditions at its top; for the chips. */
export function withoutTop(filter: Filter, at: number): Filter {
  const parts = filter.all?.filter((_, index) => index !== at) ?? [];
  return parts.length > 0 ? { all: parts } : {};
}
