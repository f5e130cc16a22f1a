// Measures a timeline of all ideas in Chromium, for bench.mjs: milliseconds per frame while it is scrolled across and
// down, and the largest number of DOM nodes.

/** Saves a timeline of the project's quarters, grouped by the roadmap, and opens it. */
async function open(page, base, path) {
  const api = `${base}/api/v1${path.replace(/^\/p\//, '/projects/')}`;
  const { fields } = await (await page.request.get(api)).json();
  const dated = fields.find(({ type }) => type === 'interval') ?? fields.find(({ type }) => type === 'date');
  const choice = fields.find(({ type }) => type === 'select');
  const query = { group: [{ field: `f${choice.id}` }] };
  const layout = { timeline: { start: `f${dated.id}` } };
  const data = { name: 'Timeline', kind: 'timeline', position: 0, query, layout };
  const { id } = await (await page.request.post(`${api}/views`, { data })).json();
  await page.goto(`${base}${path}/v/${id}`);
  await page.locator('[data-idea]').first().waitFor({ state: 'attached' });
}

/** Scrolls so many px a frame and returns the length of each frame, and the most DOM nodes there were. */
function scroll(page, by) {
  return page.evaluate(async ({ left, top }) => {
    const region = document.querySelector('[data-idea]').closest('[role="region"]');
    const frames = [];
    let nodes = 0;
    let last = await new Promise(requestAnimationFrame);
    for (let i = 0; i < 180; i++) {
      region.scrollBy(i < 90 ? left : -left, i < 90 ? top : -top);
      const now = await new Promise(requestAnimationFrame);
      frames.push(now - last);
      last = now;
      if (i % 20 === 0) nodes = Math.max(nodes, document.getElementsByTagName('*').length);
    }
    return { frames, nodes };
  }, by);
}

const share = (list, part) => [...list].sort((a, b) => a - b)[Math.floor(list.length * part)] ?? 0;

/** Opens a timeline of the project's ideas and measures it. */
export async function measureTimeline(page, base, path) {
  await open(page, base, path);
  const across = await scroll(page, { left: 40, top: 0 });
  const down = await scroll(page, { left: 0, top: 40 });
  return {
    acrossP50: share(across.frames, 0.5),
    acrossP95: share(across.frames, 0.95),
    downP50: share(down.frames, 0.5),
    downP95: share(down.frames, 0.95),
    nodes: Math.max(across.nodes, down.nodes),
  };
}
