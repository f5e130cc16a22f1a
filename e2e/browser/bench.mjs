// Measures the web app in Chromium and prints one JSON object: milliseconds from navigation to the first
// rows (cold: nothing is known of the app; second: its files are at hand; warm: the browser also keeps them compiled,
// which it does from the third visit on), milliseconds per frame while scrolling, the largest number of DOM nodes, and
// the bytes of a first visit and of its scripts. Usage: node bench.mjs URL PATH EMAIL PASSWORD
import { chromium } from 'playwright-core';
import { measureBoard } from './bench-board.mjs';
import { measureMatrix } from './bench-matrix.mjs';
import { measureTimeline } from './bench-timeline.mjs';

const [base, path, email, password] = process.argv.slice(2);
const browser = await chromium.launch({
  executablePath: process.env.CAIRN_CHROMIUM,
  args: [
    '--no-sandbox',
    '--headless',
    '--disable-gpu',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--no-first-run',
  ],
});

/** Opens the path and returns the milliseconds until the first rows are painted. */
async function open(page) {
  await page.goto(base + path, { waitUntil: 'commit' });
  return page.evaluate(
    () =>
      new Promise((resolve) => {
        const look = () => {
          // A cell is there before its idea is: it counts once it shows the title.
          if (document.querySelector('[role="grid"] [role="gridcell"][data-title]')?.textContent)
            resolve(performance.now());
          else requestAnimationFrame(look);
        };
        look();
      }),
  );
}

/** Waits until the page has nothing left to do, as the browser does before it keeps compiled scripts. */
function kept(page) {
  return page.evaluate(
    () => new Promise((resolve) => requestIdleCallback(() => requestIdleCallback(() => resolve()))),
  );
}

/** Scrolls the list for some seconds and returns the length of each frame in milliseconds. */
function scroll(page) {
  return page.evaluate(async () => {
    const scroller = document.querySelector('[role="grid"]');
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

const median = (list) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)];

const cold = [];
const second = [];
const warm = [];
let bytes = 0;
let script = 0;
let motion = { frames: [], nodes: 0 };
let board = {};
let matrix = {};
let timeline = {};
for (let i = 0; i < 5; i++) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  let size = 0;
  let code = 0;
  const counting = [];
  const count = async (request) => {
    const sizes = await request.sizes();
    size += sizes.responseBodySize;
    if (request.resourceType() === 'script') code += sizes.responseBodySize;
  };
  const counted = (request) => counting.push(count(request));
  page.on('requestfinished', counted);
  await page.request.post(`${base}/api/v1/session`, { data: { email, password } });
  cold.push(await open(page));
  await page.waitForLoadState('load');
  page.off('requestfinished', counted);
  await Promise.all(counting);
  bytes = Math.max(bytes, size);
  script = Math.max(script, code);
  second.push(await open(page));
  await page.waitForLoadState('load');
  await kept(page);
  warm.push(await open(page));
  if (i === 4) {
    motion = await scroll(page);
    board = await measureBoard(page, base, path);
    matrix = await measureMatrix(page, base, path);
    timeline = await measureTimeline(page, base, path);
  }
  await context.close();
}
await browser.close();
const frames = motion.frames.sort((a, b) => a - b);
process.stdout.write(
  JSON.stringify({
    cold: median(cold),
    second: median(second),
    warm: median(warm),
    bytes,
    script,
    frameP50: frames[Math.floor(frames.length * 0.5)] ?? 0,
    frameP95: frames[Math.floor(frames.length * 0.95)] ?? 0,
    nodes: motion.nodes,
    board,
    matrix,
    timeline,
  }),
);
