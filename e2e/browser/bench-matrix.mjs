// Measures a matrix of all ideas in Chromium, for bench.mjs: while it is zoomed, and while an idea is dragged over it.
import { carry, eachFrame, inside, motion, openView } from './bench-frames.mjs';

/** Opens a matrix of the project's effort and reach and measures it. */
export async function measureMatrix(page, at) {
  await openView(page, at, (ref) => {
    const named = (name) => ref((field) => field.name === name);
    const axes = { x: { field: named('Effort') }, y: { field: named('Reach') }, color: named('Roadmap') };
    return { name: 'Matrix', kind: 'matrix', layout: { matrix: axes } };
  });
  const marks = page.locator('[data-mark]');
  await marks.first().waitFor({ state: 'attached' });
  // The mark of a single idea stands on its dot.
  const from = await inside(page, marks, '[data-matrix-plot]');
  const dragged = await carry(page, from, page.locator('[data-matrix-plot][data-carrying]'));
  const zoomed = await eachFrame(page, () => {
    const plot = document.querySelector('[data-matrix-plot]');
    const box = plot.getBoundingClientRect();
    const at = { clientX: box.left + box.width * 0.4, clientY: box.top + box.height * 0.6 };
    return (i) => {
      const deltaY = Math.floor(i / 45) % 2 === 0 ? -40 : 40;
      plot.dispatchEvent(new WheelEvent('wheel', { ...at, deltaY, bubbles: true, cancelable: true }));
    };
  });
  return {
    motions: [motion('zooming a matrix of 10k', zoomed), motion('dragging an idea on it', dragged)],
    nodes: { name: 'of the matrix', n: Math.max(zoomed.nodes, dragged.nodes) },
  };
}
