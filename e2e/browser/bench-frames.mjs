// What the measurements of each kind of view in Chromium share: a saved view that is opened, and the length of frames
// while something moves. See bench.mjs.

/** The value below which that share of a list lies. */
export const share = (list, part) => list.toSorted((a, b) => a - b)[Math.floor(list.length * part)] ?? 0;

/** Waits until the page has nothing left to do: what opening it takes is measured by itself. */
export function idle(page) {
  return page.evaluate(
    () =>
      new Promise((resolve) => {
        const soon = { timeout: 2000 };
        requestIdleCallback(() => requestIdleCallback(() => resolve(), soon), soon);
      }),
  );
}

/** A line of the table: what moved, and how long its frames took in milliseconds. */
export const motion = (name, { frames }) => ({ name, p50: share(frames, 0.5), p95: share(frames, 0.95) });

/**
 * Does something before each of many frames and returns the length of each, and the most DOM nodes there were. `begin`
 * and what it returns run in the page, the latter once a frame with the number of the frame; both see `arg`.
 */
export async function eachFrame(page, begin, arg) {
  await idle(page);
  return page.evaluate(`(async () => {
    const step = (${begin})(${JSON.stringify(arg ?? null)});
    const frames = [];
    let nodes = 0;
    let last = await new Promise(requestAnimationFrame);
    for (let i = 0; i < 180; i++) {
      step(i);
      const now = await new Promise(requestAnimationFrame);
      frames.push(now - last);
      last = now;
      if (i % 20 === 0) nodes = Math.max(nodes, document.getElementsByTagName('*').length);
    }
    return { frames, nodes };
  })()`);
}

/** Returns the length of each frame, and the most DOM nodes there were, while something is done with the page. */
export async function framesWhile(page, act) {
  await page.evaluate(() => {
    const seen = { frames: [], nodes: 0, on: true };
    window.seenFrames = seen;
    let last = performance.now();
    const tick = (now) => {
      if (!seen.on) return;
      seen.frames.push(now - last);
      last = now;
      if (seen.frames.length % 20 === 0)
        seen.nodes = Math.max(seen.nodes, document.getElementsByTagName('*').length);
      requestAnimationFrame(tick);
    };
    requestAnimationFrame(tick);
  });
  await act();
  const { frames, nodes } = await page.evaluate(() => {
    window.seenFrames.on = false;
    return window.seenFrames;
  });
  return { frames: frames.slice(1), nodes };
}

/** Takes hold of something at a point, and returns the frames while it is carried in circles; then it is let go of. */
export async function carry(page, { x, y }, begun, rest = async () => {}) {
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x + 6, y + 6, { steps: 3 });
  await begun.waitFor({ state: 'attached' });
  const seen = await framesWhile(page, async () => {
    for (let i = 0; i < 120; i++)
      await page.mouse.move(x + 120 * Math.sin(i / 15), y + 90 * Math.abs(Math.sin(i / 10)));
    await rest();
  });
  await page.keyboard.press('Escape');
  await page.mouse.up();
  return seen;
}

/** Saves a view of the project at that path and opens it; `define` gets the project's fields. */
export async function openView(page, { base, path }, define) {
  const api = `${base}/api/v1${path.replace(/^\/p\//, '/projects/')}`;
  const { fields } = await (await page.request.get(api)).json();
  const ref = (test) => `f${fields.find(test).id}`;
  const data = { position: 0, query: {}, ...define(ref, fields) };
  const answer = await page.request.post(`${api}/views`, { data });
  if (!answer.ok()) throw new Error(await answer.text());
  await page.goto(`${base}${path}/v/${(await answer.json()).id}`);
}

/** The middle of the first element of a list that lies whole in a part of the page, away from its edges; it is waited for. */
export async function inside(page, elements, region) {
  const until = Date.now() + 10_000;
  while (Date.now() < until) {
    const found = await within(page, elements, region);
    if (found) return found;
  }
  throw new Error(`nothing in ${region} can be taken hold of`);
}

async function within(page, elements, region) {
  const box = await page.locator(region).first().boundingBox();
  const all = await elements.evaluateAll((list) =>
    list.map((element) => {
      const { x, y, width, height } = element.getBoundingClientRect();
      return { x, y, width, height };
    }),
  );
  const room = 60;
  return all
    .filter(({ width }) => width > 0)
    .map((each) => ({ x: each.x + each.width / 2, y: each.y + each.height / 2, width: each.width }))
    .filter(({ x, y }) => x > box.x + room && y > box.y + room)
    .filter(({ x, y }) => x < box.x + box.width - 2 * room && y < box.y + box.height - 2 * room)
    .sort((a, b) => a.width - b.width)[0];
}
