import { type MessageId, t } from '@/lib/i18n.ts';
import { isWithin, type TreeModel } from './model.ts';

/** Where ideas are put: under an idea, beside a sibling, or out of the tree. */
export type Target =
  | { kind: 'under'; idea: number }
  | { kind: 'before' | 'after'; idea: number }
  | { kind: 'out' };

/** What a move writes: the parent of all of them, and a place among its children. */
export interface MovePlan {
  ids: number[];
  /** 0 for none. */
  parent: number;
  move?: { before: number } | { after: number };
}

/** A move that may be made, or the reason why not. */
export type Planned = { plan: MovePlan } | { refused: string };

/** Works out what putting ideas somewhere writes. Ideas below another moved one stay where they are, under it. */
export function planMove(
  model: TreeModel,
  ids: readonly number[],
  target: Target,
  titleOf: (id: number) => string,
): Planned {
  const moved = new Set(ids);
  const indexes = ids.map((id) => model.at.get(id));
  const kept = ids.filter((_, n) => {
    let at = model.nodes[indexes[n] ?? -1]?.parent ?? -1;
    while (at >= 0) {
      const node = model.nodes[at];
      if (node && moved.has(node.id)) return false;
      at = node?.parent ?? -1;
    }
    return true;
  });
  if (target.kind === 'out') return { plan: { ids: kept, parent: 0 } };
  const goal = model.at.get(target.idea);
  const refuse = (id: MessageId, name: string): Planned => ({ refused: t(id, { name } as never) });
  if (moved.has(target.idea)) return refuse('tree.refused.itself', titleOf(target.idea));
  if (goal !== undefined)
    for (const [n, id] of ids.entries()) {
      const own = indexes[n];
      if (own !== undefined && isWithin(model, goal, own)) return refuse('tree.refused.below', titleOf(id));
    }
  if (target.kind === 'under') return { plan: { ids: kept, parent: target.idea } };
  const above = goal === undefined ? undefined : model.nodes[model.nodes[goal]?.parent ?? -1];
  const move = target.kind === 'before' ? { before: target.idea } : { after: target.idea };
  return { plan: { ids: kept, parent: above?.id ?? 0, move } };
}

/** Where a step by key puts an idea: among its siblings, out to its parent's level, or in under the sibling before. */
export function stepTarget(
  model: TreeModel,
  id: number,
  step: 'up' | 'down' | 'out' | 'in',
): Target | { refused: string } {
  const index = model.at.get(id);
  const node = model.nodes[index ?? -1];
  if (index === undefined || !node) return { refused: t('tree.refused.place') };
  const parent = model.nodes[node.parent];
  const siblings = parent ? parent.children : model.roots;
  const at = siblings.indexOf(index);
  const beside = (n: number) => model.nodes[siblings[n] ?? -1]?.id;
  const [before, after] = [at > 0 ? beside(at - 1) : undefined, beside(at + 1)];
  switch (step) {
    case 'up':
      return before === undefined ? { refused: t('tree.refused.first') } : { kind: 'before', idea: before };
    case 'down':
      return after === undefined ? { refused: t('tree.refused.last') } : { kind: 'after', idea: after };
    case 'in':
      return before === undefined
        ? { refused: t('tree.refused.noSibling') }
        : { kind: 'under', idea: before };
    default:
      return parent ? { kind: 'after', idea: parent.id } : { refused: t('tree.refused.top') };
  }
}
