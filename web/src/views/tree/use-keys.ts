import { type KeyboardEvent, useCallback } from 'react';
import { useLatest } from '@/lib/latest.ts';
import type { Moves } from './use-moves.ts';
import type { Tree } from './use-tree.ts';

const steps: Readonly<Record<string, 'up' | 'down' | 'out' | 'in'>> = {
  ArrowUp: 'up',
  ArrowDown: 'down',
  ArrowLeft: 'out',
  ArrowRight: 'in',
};

/** The node where the focus goes on a key; undefined when the key means something else. */
export function nextNode(
  tree: Pick<Tree, 'model' | 'seen' | 'folded'>,
  at: number,
  key: string,
): number | undefined {
  const { model, seen, folded } = tree;
  const place = seen.indexOf(at);
  const node = model.nodes[at];
  switch (key) {
    case 'ArrowDown':
      return seen[place + 1];
    case 'ArrowUp':
      return place > 0 ? seen[place - 1] : undefined;
    case 'ArrowRight':
      return node && !folded.has(node.id) ? node.children[0] : undefined;
    case 'ArrowLeft':
      return node && node.parent >= 0 ? node.parent : undefined;
    case 'Home':
      return seen[0];
    case 'End':
      return seen.at(-1);
    default:
      return undefined;
  }
}

/** The keys of a tree: arrows go, Alt and an arrow moves, Enter opens, Space chooses, A adds, M asks where to. */
export function useKeys(tree: Tree, moves: Moves): (event: KeyboardEvent) => void {
  const latest = useLatest({ tree, moves });
  return useCallback(
    (event) => {
      const { tree: now, moves: go } = latest();
      if (event.target !== event.currentTarget || event.metaKey || event.ctrlKey) return;
      const id = now.active ?? now.model.nodes[now.seen[0] ?? -1]?.id;
      const at = id === undefined ? undefined : now.model.at.get(id);
      if (id === undefined || at === undefined) return;
      const node = now.model.nodes[at];
      const handled = () => {
        event.preventDefault();
        event.stopPropagation();
      };
      const take = (run: () => void) => {
        handled();
        run();
      };
      const step = steps[event.key];
      if (event.altKey) {
        if (!step) return;
        handled();
        go.step(id, step);
        return;
      }
      const branch = (node?.children.length ?? 0) > 0;
      if (event.key === 'ArrowRight' && branch && now.folded.has(id)) return take(() => now.toggle(id));
      if (event.key === 'ArrowLeft' && branch && !now.folded.has(id)) return take(() => now.toggle(id));
      const next = nextNode(now, at, event.key);
      const goal = now.model.nodes[next ?? -1]?.id;
      if (goal !== undefined) {
        handled();
        if (event.shiftKey) now.setSelected(new Set([...now.selected, id, goal]));
        now.setActive(goal);
        return;
      }
      switch (event.key) {
        case 'Enter':
          handled();
          now.props.onOpen(now.keyOf(id));
          break;
        case ' ':
          handled();
          now.choose(id);
          break;
        case 'a':
        case 'Insert':
          if (now.mayAdd) take(() => now.setAdding(id));
          break;
        case 'm':
          if (now.mayEdit) take(() => now.setPlacing(go.meant(id)));
          break;
        case 'Escape':
          if (now.selected.size > 0) take(() => now.setSelected(new Set()));
          break;
        default:
      }
    },
    [latest],
  );
}
