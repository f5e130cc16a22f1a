// Holds the build to its size budget: what a first visit loads, compressed with brotli.
// Usage: node tools/size.mjs (after npm run build)
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const kB = 1000;
const budgets = { script: 125 * kB, visit: 205 * kB };
const dist = fileURLToPath(new URL('../dist', import.meta.url));
const page = join(dist, 'index.html');
const viewPage = join(dist, 'view.html');
if (!existsSync(page) || !existsSync(viewPage)) {
  console.error('web/dist/index.html is missing; run "npm run build" first');
  process.exit(2);
}

/** Bytes over the wire: the brotli twin where there is one (scripts and styles are kept as twins alone). */
function wire(path) {
  const file = join(dist, path);
  return statSync(existsSync(`${file}.br`) ? `${file}.br` : file).size;
}

/** What a page names to be loaded with it. */
function loadedBy(file) {
  const html = readFileSync(file, 'utf8');
  return [...html.matchAll(/(?:src|href)="(\/[^"]+)"/g)].map((match) => match[1]);
}

// Every page needs the first script; the first visit of most is to a view, which loads more.
const scripts = loadedBy(page).filter((path) => path.endsWith('.js'));
const loaded = loadedBy(viewPage);
const sum = (paths) => paths.reduce((total, path) => total + wire(path), 0);
const totals = { script: sum(scripts), visit: sum(loaded) + wire('/view.html') };

for (const path of loaded) console.log(`${(wire(path) / kB).toFixed(1).padStart(8)} kB  ${path}`);
let over = false;
for (const [name, budget] of Object.entries(budgets)) {
  const fits = totals[name] <= budget;
  over ||= !fits;
  console.log(
    `${(totals[name] / kB).toFixed(1).padStart(8)} kB  first ${name}, budget ${budget / kB} kB${fits ? '' : ': OVER'}`,
  );
}
process.exit(over ? 1 : 0);
