// Measures a board in Chromium, for bench.mjs: milliseconds per frame while it scrolls and while a card is dragged
// over it and along its edge, and the largest number of DOM nodes.

/** Saves a board with columns by the project's first field of options, and opens it. */
async function open(page, base, path) {
  const api = `${base}/api/v1${path.replace(/^\/p\//, '/projects/')}`;
  const { fields } = await (await page.request.get(api)).json();
  const by = fields.find((field) => field.type === 'select');
  const shown = fields.filter((field) => field.type !== 'long_text').slice(0, 5);
  const data = {
    name: 'Board',
    kind: 'board',
    position: 0,
    query: { group: [{ field: `f${by.id}`, showEmpty: true }] },
    columns: shown.map((field) => ({ field: `f${field.id}` })),
  };
  const { id } = await (await page.request.post(`${api}/views`, { data })).json();
  await page.goto(`${base}${path}/v/${id}`);
  await page.getByRole('option').first().waitFor();
}

/** Scrolls it down and returns the length of each frame, and the most DOM nodes there were. */
function scroll(page) {
  return page.evaluate(async () => {
    let scroller = document.querySelector('[role="listbox"]');
    while (scroller && getComputedStyle(scroller).overflowY !== 'auto') scroller = scroller.parentElement;
    if (!scroller || scroller.scrollHeight < scroller.clientHeight + 10_000)
      throw new Error('there is nothing to scroll');
    const frames = [];
    let nodes = 0;
    let last = await new Promise(requestAnimationFrame);
    for (let i = 0; i < 180; i++) {
      scroller.scrollTop += 80;
      const now = await new Promise(requestAnimationFrame);
      frames.push(now - last);
      last = now;
      if (i % 20 === 0) nodes = Math.max(nodes, document.getElementsByTagName('*').length);
    }
    return { frames, nodes };
  });
}

/** Drags a card over the board and along its edge, so that it scrolls; returns the length of each frame. */
async function drag(page) {
  const { x, y } = await page.getByRole('option').first().boundingBox();
  await page.mouse.move(x + 40, y + 30);
  await page.mouse.down();
  await page.mouse.move(x + 60, y + 50, { steps: 3 });
  await page.evaluate(() => {
    const frames = [];
    document.framesOfDrag = frames;
    let last = performance.now();
    const next = (now) => {
      frames.push(now - last);
      last = now;
      requestAnimationFrame(next);
    };
    requestAnimationFrame(next);
  });
  for (let i = 0; i < 120; i++) await page.mouse.move(x + 60 + i * 6, y + 60 + (i % 40) * 12);
  await page.mouse.move(x + 500, 890);
  await page.waitForFunction(() => document.framesOfDrag.length > 300);
  const frames = await page.evaluate(() => document.framesOfDrag.slice(1, 300));
  await page.keyboard.press('Escape');
  await page.mouse.up();
  return frames;
}

const share = (frames, part) => frames.toSorted((a, b) => a - b)[Math.floor(frames.length * part)] ?? 0;

/** The figures of a board of the project at that path; the page is signed in. */
export async function measureBoard(page, base, path) {
  await open(page, base, path);
  const dragged = await drag(page);
  const { frames, nodes } = await scroll(page);
  return {
    frameP50: share(frames, 0.5),
    frameP95: share(frames, 0.95),
    dragP50: share(dragged, 0.5),
    dragP95: share(dragged, 0.95),
    nodes,
  };
}
