import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { Plugin } from 'vite';

const brotli = promisify(brotliCompress);
const gz = promisify(gzip);
const compressible = /\.(js|css|html|svg|json|txt|webmanifest)$/;

/**
 * Writes a .br and a .gz twin beside every text file of the build, so that the server never compresses them. Of assets
 * only the twins stay: the program carries them once less, and unpacks them for the rare client that takes neither.
 */
export function precompress(): Plugin {
  let outDir = 'dist';
  let assetsDir = 'assets';
  return {
    name: 'cairn:precompress',
    apply: 'build',
    configResolved(config) {
      outDir = join(config.root, config.build.outDir);
      assetsDir = config.build.assetsDir;
    },
    async closeBundle() {
      const entries = await readdir(outDir, { recursive: true, withFileTypes: true });
      const files = entries
        .filter((e) => e.isFile() && compressible.test(e.name))
        .map((e) => join(e.parentPath, e.name));
      const assets = join(outDir, assetsDir);
      await Promise.all(
        files.map(async (file) => {
          const packed = await writeTwins(file);
          if (packed && file.startsWith(assets)) await rm(file);
        }),
      );
    },
  };
}

/** Tells whether both twins were worth it. */
async function writeTwins(file: string): Promise<boolean> {
  const body = await readFile(file);
  const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: body.length };
  const twins = [
    [`${file}.br`, await brotli(body, { params })],
    [`${file}.gz`, await gz(body, { level: 9 })],
  ] as const;
  // A twin that saves nothing is not written; the server falls back to the file itself.
  const worth = twins.filter(([, data]) => data.length < body.length);
  await Promise.all(worth.map(([name, data]) => writeFile(name, data)));
  return worth.length === twins.length;
}
