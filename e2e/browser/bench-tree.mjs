// Measures a tree of all ideas in Chromium, for bench.mjs: while it is scrolled, drawn and as an outline, and while an
// idea is carried over it.
import { carry, eachFrame, inside, motion, openView } from './bench-frames.mjs';

const scroll = (page) =>
  eachFrame(page, () => {
    const scroller = document.querySelector('[role="tree"]').parentElement;
    return (i) => scroller.scrollBy(i < 90 ? 40 : -40, i < 90 ? 60 : -60);
  });

const open = async (page, at, tree) => {
  await openView(page, at, () => ({ name: `Tree ${JSON.stringify(tree)}`, kind: 'tree', layout: { tree } }));
  await page.getByRole('treeitem').first().waitFor();
  await page.getByRole('button', { name: 'Unfold all' }).click();
  await page.waitForFunction(() => {
    const { scrollHeight, scrollWidth } = document.querySelector('[role="tree"]').parentElement;
    return scrollHeight + scrollWidth > 10_000;
  });
};

/** Opens trees of all ideas and measures them. */
export async function measureTree(page, at) {
  await open(page, at, { outline: true });
  const outline = await scroll(page);
  await open(page, at, { direction: 'right' });
  const drawn = await scroll(page);
  const from = await inside(page, page.getByRole('treeitem'), '*:has(> [role="tree"])');
  const dragged = await carry(page, from, page.locator('[data-dragging]'));
  return {
    motions: [
      motion('scrolling a tree of 10k', drawn),
      motion('scrolling it as an outline', outline),
      motion('carrying an idea over it', dragged),
    ],
    nodes: { name: 'of the tree', n: Math.max(drawn.nodes, outline.nodes, dragged.nodes) },
  };
}
