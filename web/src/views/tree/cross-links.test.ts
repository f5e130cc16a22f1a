import { describe, expect, it } from 'vitest';
import { crossLinks, crossPath } from './cross-links.ts';
import { modelOf, visibleNodes } from './model.ts';
import { draw } from './tidy.ts';

// 10 has the children 11 and 12; 20 stands for itself.
const model = modelOf({
  ids: [10, 11, 12, 20, 30],
  depths: [0, 1, 1, 0, 0],
  muted: [],
  orphans: 1,
  shape: '',
});
const link = (from: number, to: number) => ({ from: { id: from }, to: { id: to } });

describe('links across the tree (TREE-46)', () => {
  it('ties each pair once, whichever way it is said', () => {
    const ties = { links: [link(20, 11), link(11, 20)], connections: [[11, [20, 12]] as const] };
    expect(crossLinks(model, ties)).toEqual([
      [1, 3],
      [1, 2],
    ]);
  });
  it('leaves out parent and child, the idea itself, orphans, and what is not in the tree', () => {
    const links = [link(10, 11), link(12, 10), link(12, 12), link(12, 30), link(12, 999)];
    expect(crossLinks(model, { links, connections: [[12, null] as const, [12, 'text'] as const] })).toEqual(
      [],
    );
  });
  it('goes from side to side, and around the side of cards that stand above each other', () => {
    const measure = { width: 200, height: 60, gap: 10, levelGap: 40 };
    const drawing = draw(model, visibleNodes(model, new Set()), measure, 'right');
    const [child, sibling, root] = [1, 2, 3].map((at) => drawing.places.get(at));
    if (!child || !sibling || !root) throw new Error('not drawn');
    expect(crossPath(drawing, [1, 3])).toBe(
      `M${root.x + 200} ${root.y + 30}C220 ${root.y + 30} 220 ${child.y + 30} ${child.x} ${child.y + 30}`,
    );
    expect(crossPath(drawing, [1, 2])).toBe(
      `M440 ${child.y + 30}C466 ${child.y + 30} 466 ${sibling.y + 30} 440 ${sibling.y + 30}`,
    );
    const folded = draw(model, visibleNodes(model, new Set([10])), measure, 'right');
    expect(crossPath(folded, [1, 3])).toBe('');
  });
});
