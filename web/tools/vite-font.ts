import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import subset from 'subset-font';
import type { Plugin } from 'vite';

/** Where the cut fonts lie; the style sheet names them by the alias @inter. */
export const cutFonts = fileURLToPath(new URL('../node_modules/.cache/cairn-fonts', import.meta.url));

/** The weights that the design uses; what is thinner or fatter is a third of the file. */
const weights = { min: 400, max: 700 };

/** What is used of the letters' alternates: pairs, accents, ligatures, and figures of one width. */
const features = ['kern', 'mark', 'mkmk', 'ccmp', 'locl', 'calt', 'liga', 'tnum'];

/** What the interface and most English texts are written with. The ranges stand in src/ui/fonts.css too. */
const basic = `${span(0x20, 0x7e)}\u00a0·×–—‘’“”•…−`;

/** What else the Latin file has. */
const latin = `${span(0xa1, 0xff)}ıŒœʻʼˆ˚˜\u0304\u0308\u0329${span(0x2000, 0x206f)}€™↑↓∕\ufeff\ufffd`;

/** Cuts the Latin font in two: a small file that every first visit needs, and one for the rarer letters. */
export function cutFont(): Plugin {
  return {
    name: 'cairn:font',
    async buildStart() {
      const find = createRequire(import.meta.url).resolve;
      const source = join(
        dirname(find('@fontsource-variable/inter/package.json')),
        'files/inter-latin-wght-normal.woff2',
      );
      const whole = await readFile(source);
      await mkdir(cutFonts, { recursive: true });
      await Promise.all([cut(whole, basic, 'inter-basic.woff2'), cut(whole, latin, 'inter-latin.woff2')]);
    },
  };
}

async function cut(whole: Buffer, letters: string, name: string): Promise<void> {
  const part = await subset(whole, letters, {
    targetFormat: 'woff2',
    variationAxes: { wght: weights },
    keepFeatures: features,
  });
  // Written beside and moved: two builds at once never read half a file.
  const beside = join(cutFonts, `${name}.${process.pid}`);
  await writeFile(beside, part);
  await rename(beside, join(cutFonts, name));
}

function span(from: number, to: number): string {
  return Array.from({ length: to - from + 1 }, (_, at) => String.fromCodePoint(from + at)).join('');
}
