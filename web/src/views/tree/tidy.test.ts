import { describe, expect, it } from 'vitest';
import { directions } from './definition.ts';
import { countBelow, foldedAt, modelOf, type TreeModel, visibleNodes } from './model.ts';
import { type Drawing, draw, tidy, within } from './tidy.ts';

/** A tree from depths, the ids counting from 1. */
function grown(depths: number[], orphans = 0): TreeModel {
  return modelOf({ shape: 'x', ids: depths.map((_, n) => n + 1), depths, muted: [], orphans });
}

/** A tree of that many ideas, always the same for the same number. */
function wild(size: number, seed: number): TreeModel {
  let state = seed;
  const depths = [0];
  while (depths.length < size) {
    state = (state * 1664525 + 1013904223) >>> 0;
    depths.push(state % (Math.min(8, (depths.at(-1) ?? 0) + 1) + 1));
  }
  return grown(depths);
}

const all = (model: TreeModel) => model.nodes.map((_, n) => n);
const measure = { width: 100, height: 40, gap: 10, levelGap: 30 };

describe('tidy', () => {
  it('puts a parent in the middle of its children, which keep their order (TREE-40)', () => {
    for (let seed = 1; seed < 40; seed += 1) {
      const model = wild(60, seed);
      const places = tidy(model, all(model));
      for (const [index, { children }] of model.nodes.entries()) {
        const at = children.map((child) => places.get(child) ?? Number.NaN);
        expect(at).toEqual(at.toSorted((a, b) => a - b));
        if (at.length > 0) expect(places.get(index)).toBeCloseTo(((at[0] ?? 0) + (at.at(-1) ?? 0)) / 2, 9);
      }
    }
  });

  it('leaves no two cards of a level closer than one, and wastes no room at the start (TREE-40)', () => {
    for (let seed = 1; seed < 40; seed += 1) {
      const model = wild(80, seed);
      const places = tidy(model, all(model));
      const levels = new Map<number, number[]>();
      for (const [index, { depth }] of model.nodes.entries())
        levels.set(depth, [...(levels.get(depth) ?? []), places.get(index) ?? 0]);
      for (const level of levels.values())
        for (let n = 1; n < level.length; n += 1)
          expect((level[n] ?? 0) - (level[n - 1] ?? 0)).toBeGreaterThanOrEqual(1 - 1e-9);
      expect(Math.min(...places.values())).toBeCloseTo(0, 9);
    }
  });

  it('brings subtrees as close as they can be (TREE-40)', () => {
    // A deep thin one beside a flat one: they touch at the level where both are widest.
    const model = grown([0, 1, 2, 2, 1, 1]);
    const places = tidy(model, all(model));
    expect([...places.values()]).toEqual([1.5, 0.5, 0, 1, 1.5, 2.5]);
  });
});

describe('draw', () => {
  it('turns to four directions without two cards overlapping (TREE-40)', () => {
    const model = wild(120, 7);
    for (const direction of directions) {
      const drawing = draw(model, all(model), measure, direction);
      const boxes = [...drawing.places.values()];
      for (const [n, a] of boxes.entries())
        for (const b of boxes.slice(n + 1)) {
          const apart = Math.abs(a.x - b.x) >= measure.width || Math.abs(a.y - b.y) >= measure.height;
          expect(apart).toBe(true);
        }
      for (const { x, y } of boxes) {
        expect(x).toBeGreaterThanOrEqual(0);
        expect(x + measure.width).toBeLessThanOrEqual(drawing.width + 1e-6);
        expect(y + measure.height).toBeLessThanOrEqual(drawing.height + 1e-6);
      }
      const parent = model.roots.find((each) => (model.nodes[each]?.children.length ?? 0) > 0) ?? -1;
      const [root, child] = [parent, model.nodes[parent]?.children[0] ?? -1].map((each) =>
        drawing.places.get(each),
      );
      const side = { right: 'x', left: 'x', down: 'y', up: 'y' }[direction] as 'x' | 'y';
      const ahead = (child?.[side] ?? 0) - (root?.[side] ?? 0);
      expect(Math.sign(ahead)).toBe(direction === 'right' || direction === 'down' ? 1 : -1);
    }
  });

  it('finds what a part of it shows, as looking at every card would', () => {
    const model = wild(300, 3);
    const shows = (drawing: Drawing, box: { left: number; top: number; right: number; bottom: number }) =>
      all(model).filter((index) => {
        const place = drawing.places.get(index);
        return (
          place &&
          place.x + measure.width >= box.left &&
          place.x <= box.right &&
          place.y + measure.height >= box.top &&
          place.y <= box.bottom
        );
      });
    for (const direction of directions) {
      const drawing = draw(model, all(model), measure, direction);
      for (const left of [0, 333, 1200]) {
        const box = { left, top: left / 2, right: left + 400, bottom: left / 2 + 300 };
        expect(within(drawing, box).nodes.toSorted((a, b) => a - b)).toEqual(shows(drawing, box));
      }
    }
  });

  it('draws ten thousand ideas quickly, and few of them at once', () => {
    const model = wild(10_000, 11);
    const begun = performance.now();
    const drawing = draw(model, all(model), measure, 'right');
    expect(performance.now() - begun).toBeLessThan(1500);
    const { nodes } = within(drawing, { left: 0, top: 4000, right: 1400, bottom: 4900 });
    expect(nodes.length).toBeGreaterThan(0);
    expect(nodes.length).toBeLessThan(250);
  });
});

describe('the model', () => {
  it('reads the shape: parents, orphans, muted (TREE-31, TREE-35)', () => {
    const model = modelOf({ shape: 'x', ids: [5, 6, 7, 8], depths: [0, 1, 1, 0], muted: [0], orphans: 1 });
    expect(model.nodes.map(({ id, parent, muted }) => [id, parent, muted])).toEqual([
      [5, -1, true],
      [6, 0, false],
      [7, 0, false],
    ]);
    expect(model.orphans).toEqual([{ id: 8, position: 3 }]);
  });

  it('folds a subtree, a level and everything (TREE-41)', () => {
    const model = grown([0, 1, 2, 1, 0, 1]);
    expect(visibleNodes(model, new Set([2]))).toEqual([0, 1, 3, 4, 5]);
    expect(visibleNodes(model, foldedAt(model, 0))).toEqual([0, 4]);
    expect(visibleNodes(model, foldedAt(model, 1))).toEqual([0, 1, 3, 4, 5]);
    expect(countBelow(model, 0)).toBe(3);
  });
});
