// Measures the list of all ideas in Chromium, for bench.mjs: while it scrolls, and while a row is dragged.
import { eachFrame, framesWhile, motion, openView } from './bench-frames.mjs';

/** Opens a list in the order by hand and measures it. */
export async function measureList(page, at) {
  await openView(page, at, (_, fields) => ({
    name: 'List',
    kind: 'list',
    columns: fields.slice(0, 8).map(({ id }) => ({ field: `f${id}` })),
  }));
  const cell = page.locator('[role="grid"] [role="gridcell"][data-title]').nth(4);
  await cell.waitFor();
  const scrolled = await eachFrame(page, () => {
    const grid = document.querySelector('[role="grid"]');
    if (grid.scrollHeight < grid.clientHeight + 10_000) throw new Error('there is nothing to scroll');
    return (i) => grid.scrollBy(0, i < 90 ? 80 : -80);
  });
  await cell.hover();
  const row = cell.locator('xpath=ancestor::*[@role="row"]');
  const grip = row.locator('[role="gridcell"] > span[aria-hidden="true"]').first();
  const { x, y } = await grip.boundingBox();
  await page.mouse.move(x + 4, y + 8);
  await page.mouse.down();
  await page.mouse.move(x + 10, y + 20, { steps: 3 });
  const dragged = await framesWhile(page, async () => {
    for (let i = 0; i < 120; i++) await page.mouse.move(x + 40, y + 300 * Math.abs(Math.sin(i / 20)));
  });
  await page.keyboard.press('Escape');
  await page.mouse.up();
  return {
    motions: [motion('scrolling 10k', scrolled), motion('dragging a row of 10k', dragged)],
    nodes: { name: 'while scrolling', n: Math.max(scrolled.nodes, dragged.nodes) },
  };
}
