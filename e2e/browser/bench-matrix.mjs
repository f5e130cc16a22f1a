// Measures a matrix of all ideas in Chromium, for bench.mjs: milliseconds per frame while it is zoomed and while an
// idea is dragged over it, and the largest number of DOM nodes.

/** Saves a matrix of the project's effort and reach, and opens it. */
async function open(page, base, path) {
  const api = `${base}/api/v1${path.replace(/^\/p\//, '/projects/')}`;
  const { fields } = await (await page.request.get(api)).json();
  const ref = (name) => `f${fields.find((field) => field.name === name).id}`;
  const axes = { x: { field: ref('Effort') }, y: { field: ref('Reach') }, color: ref('Roadmap') };
  const data = { name: 'Matrix', kind: 'matrix', position: 0, query: {}, layout: { matrix: axes } };
  const { id } = await (await page.request.post(`${api}/views`, { data })).json();
  await page.goto(`${base}${path}/v/${id}`);
  await page.locator('[data-mark]').first().waitFor({ state: 'attached' });
}

/** Zooms in and out around a place and returns the length of each frame, and the most DOM nodes there were. */
function zoom(page) {
  return page.evaluate(async () => {
    const plot = document.querySelector('[data-matrix-plot]');
    const box = plot.getBoundingClientRect();
    const at = { clientX: box.left + box.width * 0.4, clientY: box.top + box.height * 0.6 };
    const frames = [];
    let nodes = 0;
    let last = await new Promise(requestAnimationFrame);
    for (let i = 0; i < 180; i++) {
      const deltaY = Math.floor(i / 45) % 2 === 0 ? -40 : 40;
      plot.dispatchEvent(new WheelEvent('wheel', { ...at, deltaY, bubbles: true, cancelable: true }));
      const now = await new Promise(requestAnimationFrame);
      frames.push(now - last);
      last = now;
      if (i % 20 === 0) nodes = Math.max(nodes, document.getElementsByTagName('*').length);
    }
    return { frames, nodes };
  });
}

/** Takes hold of an idea, moves it in circles with the mouse, gives up, and returns the length of each frame. */
async function drag(page) {
  const box = await page.locator('[data-matrix-plot]').boundingBox();
  const marks = await page.locator('[data-mark]').evaluateAll((all) =>
    all.map((mark) => {
      const { x, y, width, height } = mark.getBoundingClientRect();
      return { x: x + width / 2, y: y + height / 2, width };
    }),
  );
  // The mark of a single idea stands on its dot.
  const inside = ({ x, y }) => x > box.x + 200 && y > box.y + 200 && x < box.x + box.width - 200;
  const from = marks.filter(inside).sort((a, b) => a.width - b.width)[0];
  if (!from) throw new Error('there is nothing to drag');
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move(from.x + 10, from.y + 10);
  if ((await page.locator('[data-matrix-plot][data-carrying]').count()) === 0)
    throw new Error('nothing was taken hold of');
  await page.evaluate(() => {
    const frames = [];
    window.matrixFrames = frames;
    let last = performance.now();
    const tick = (now) => {
      frames.push(now - last);
      last = now;
      requestAnimationFrame(tick);
    };
    requestAnimationFrame(tick);
  });
  for (let i = 0; i < 120; i++)
    await page.mouse.move(from.x + 120 * Math.sin(i / 15), from.y - 90 * Math.sin(i / 10));
  const frames = await page.evaluate(() => window.matrixFrames.slice(1));
  await page.keyboard.press('Escape');
  await page.mouse.up();
  return frames;
}

const share = (list, part) => [...list].sort((a, b) => a - b)[Math.floor(list.length * part)] ?? 0;

/** Opens a matrix of the project's ideas and measures it. */
export async function measureMatrix(page, base, path) {
  await open(page, base, path);
  const dragged = await drag(page);
  const { frames, nodes } = await zoom(page);
  return {
    zoomP50: share(frames, 0.5),
    zoomP95: share(frames, 0.95),
    dragP50: share(dragged, 0.5),
    dragP95: share(dragged, 0.95),
    nodes,
  };
}
