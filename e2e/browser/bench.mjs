// Measures the web app in Chromium and prints one JSON object: milliseconds from navigation to the first
// rows (cold: nothing is known of the app; second: its files are at hand; warm: the browser also keeps them compiled,
// which it does from the third visit on), for each kind of view milliseconds per frame while something moves and the
// largest number of DOM nodes, and the bytes of a first visit and of its scripts. Usage: node bench.mjs URL PATH EMAIL PASSWORD
import { chromium } from 'playwright-core';
import { measureBoard } from './bench-board.mjs';
import { idle } from './bench-frames.mjs';
import { measureList } from './bench-list.mjs';
import { measureMatrix } from './bench-matrix.mjs';
import { measureTimeline } from './bench-timeline.mjs';
import { measureTree } from './bench-tree.mjs';

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

const median = (list) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)];

const cold = [];
const second = [];
const warm = [];
let bytes = 0;
let script = 0;
const views = [];
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
  await idle(page); // the browser keeps compiled scripts then
  warm.push(await open(page));
  if (i === 4) {
    for (const measure of [measureList, measureBoard, measureMatrix, measureTimeline, measureTree])
      views.push(await measure(page, { base, path }));
  }
  await context.close();
}
await browser.close();
process.stdout.write(
  JSON.stringify({
    cold: median(cold),
    second: median(second),
    warm: median(warm),
    bytes,
    script,
    views,
  }),
);
