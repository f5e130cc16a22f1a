// Measures a board of all ideas in Chromium, for bench.mjs: while it scrolls, and while a card is dragged over it and
// along its edge.
import { carry, eachFrame, motion, openView } from './bench-frames.mjs';

/** Opens a board by the project's first field of options and measures it. */
export async function measureBoard(page, at) {
  await openView(page, at, (ref, fields) => ({
    name: 'Board',
    kind: 'board',
    query: { group: [{ field: ref(({ type }) => type === 'select'), showEmpty: true }] },
    columns: fields
      .filter(({ type }) => type !== 'long_text')
      .slice(0, 5)
      .map(({ id }) => ({ field: `f${id}` })),
  }));
  const card = page.getByRole('option').first();
  await card.waitFor();
  const { x, y } = await card.boundingBox();
  const dragged = await carry(page, { x: x + 140, y: y + 30 }, page.locator('[data-dragging]'), async () => {
    // Along the edge, where the board scrolls.
    for (let i = 0; i < 120; i++) await page.mouse.move(x + 500 + (i % 9), 890);
  });
  const scrolled = await eachFrame(page, () => {
    let scroller = document.querySelector('[role="listbox"]');
    while (scroller && getComputedStyle(scroller).overflowY !== 'auto') scroller = scroller.parentElement;
    if (!scroller || scroller.scrollHeight < scroller.clientHeight + 10_000)
      throw new Error('there is nothing to scroll');
    return (i) => scroller.scrollBy(0, i < 90 ? 80 : -80);
  });
  return {
    motions: [motion('scrolling a board of 10k', scrolled), motion('dragging a card on it', dragged)],
    nodes: { name: 'of the board', n: Math.max(scrolled.nodes, dragged.nodes) },
  };
}
