import { describe, expect, it } from 'vitest';
import { modelOf } from './model.ts';
import { planMove, stepTarget } from './moves.ts';
import { nextNode } from './use-keys.ts';

// 1 ─ 2 ─ 3      5 ─ 6      7 is an orphan
//   └ 4
const model = modelOf({
  shape: 'x',
  ids: [1, 2, 3, 4, 5, 6, 7],
  depths: [0, 1, 2, 1, 0, 1, 0],
  muted: [],
  orphans: 1,
});
const title = (id: number) => `Idea ${id}`;

describe('planMove', () => {
  it('puts ideas under another one, or beside a sibling (TREE-42)', () => {
    expect(planMove(model, [4], { kind: 'under', idea: 5 }, title)).toEqual({
      plan: { ids: [4], parent: 5 },
    });
    expect(planMove(model, [6], { kind: 'before', idea: 2 }, title)).toEqual({
      plan: { ids: [6], parent: 1, move: { before: 2 } },
    });
    expect(planMove(model, [6], { kind: 'after', idea: 5 }, title)).toEqual({
      plan: { ids: [6], parent: 0, move: { after: 5 } },
    });
  });

  it('takes ideas out of and into the tray (TREE-43)', () => {
    expect(planMove(model, [2], { kind: 'out' }, title)).toEqual({ plan: { ids: [2], parent: 0 } });
    expect(planMove(model, [7], { kind: 'under', idea: 3 }, title)).toEqual({
      plan: { ids: [7], parent: 3 },
    });
  });

  it('refuses an idea under itself or below itself, and says which (TREE-42)', () => {
    expect(planMove(model, [1], { kind: 'under', idea: 1 }, title)).toEqual({
      refused: 'Idea 1 cannot stand under itself',
    });
    expect(planMove(model, [5, 1], { kind: 'under', idea: 3 }, title)).toEqual({
      refused: 'Idea 1 cannot stand below itself',
    });
    expect(planMove(model, [2], { kind: 'after', idea: 3 }, title)).toEqual({
      refused: 'Idea 2 cannot stand below itself',
    });
  });

  it('moves a subtree as a whole when parent and child are chosen together (TREE-42)', () => {
    expect(planMove(model, [2, 3], { kind: 'under', idea: 5 }, title)).toEqual({
      plan: { ids: [2], parent: 5 },
    });
  });
});

describe('stepTarget', () => {
  it('goes among siblings, out and in (TREE-42)', () => {
    expect(stepTarget(model, 4, 'up')).toEqual({ kind: 'before', idea: 2 });
    expect(stepTarget(model, 2, 'down')).toEqual({ kind: 'after', idea: 4 });
    expect(stepTarget(model, 3, 'out')).toEqual({ kind: 'after', idea: 2 });
    expect(stepTarget(model, 4, 'in')).toEqual({ kind: 'under', idea: 2 });
    expect(stepTarget(model, 1, 'down')).toEqual({ kind: 'after', idea: 5 });
  });

  it('says why there is no step', () => {
    for (const [id, step] of [
      [2, 'up'],
      [4, 'down'],
      [1, 'out'],
      [2, 'in'],
      [7, 'up'],
    ] as const)
      expect(stepTarget(model, id, step)).toHaveProperty('refused');
  });
});

describe('nextNode', () => {
  it('goes through what is seen, in and out', () => {
    const tree = { model, seen: [0, 3, 4, 5], folded: new Set([99]) };
    expect(nextNode(tree, 0, 'ArrowDown')).toBe(3);
    expect(nextNode(tree, 3, 'ArrowUp')).toBe(0);
    expect(nextNode(tree, 0, 'ArrowUp')).toBeUndefined();
    expect(nextNode(tree, 4, 'ArrowRight')).toBe(5);
    expect(nextNode(tree, 5, 'ArrowLeft')).toBe(4);
    expect(nextNode(tree, 3, 'Home')).toBe(0);
    expect(nextNode(tree, 0, 'End')).toBe(5);
  });
});
