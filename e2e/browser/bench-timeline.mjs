// Measures a timeline of all ideas in Chromium, for bench.mjs: while it is scrolled across and down, and while a bar is
// dragged.
import { carry, eachFrame, inside, motion, openView } from './bench-frames.mjs';

const scroll = (page, left, top) =>
  eachFrame(
    page,
    ([dx, dy]) => {
      const region = document.querySelector('[data-idea]').closest('[role="region"]');
      return (i) => region.scrollBy(i < 90 ? dx : -dx, i < 90 ? dy : -dy);
    },
    [left, top],
  );

/** Opens a timeline of the project's quarters, grouped by the roadmap, and measures it. */
export async function measureTimeline(page, at) {
  await openView(page, at, (ref) => ({
    name: 'Timeline',
    kind: 'timeline',
    query: { group: [{ field: ref(({ type }) => type === 'select') }] },
    layout: { timeline: { start: ref(({ type }) => type === 'interval') } },
  }));
  const bars = page.locator('[role="region"] [data-idea]');
  await bars.first().waitFor({ state: 'attached' });
  const across = await scroll(page, 40, 0);
  const down = await scroll(page, 0, 40);
  const from = await inside(page, bars, '[role="region"]:has([data-idea])');
  const dragged = await carry(page, from, page.locator('[data-carried]'));
  return {
    motions: [
      motion('scrolling a timeline of 10k across', across),
      motion('scrolling it down', down),
      motion('dragging a bar on it', dragged),
    ],
    nodes: { name: 'of the timeline', n: Math.max(across.nodes, down.nodes, dragged.nodes) },
  };
}
