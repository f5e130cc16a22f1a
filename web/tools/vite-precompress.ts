import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { Plugin } from 'vite';

const brotli = promisify(brotliCompress);
const gz = promisify(gzip);
const compressible = /\.(js|css|html|svg|json|txt|webmanifest)$/;

/** Writes a .br and a .gz twin beside every text file of the build, so that the server never compresses them. */
export function precompress(): Plugin {
  let outDir = 'dist';
  return {
    name: 'cairn:precompress',
    apply: 'build',
    configResolved(config) {
      outDir = join(config.root, config.build.outDir);
    },
    async closeBundle() {
      const entries = await readdir(outDir, { recursive: true, withFileTypes: true });
      const files = entries
        .filter((e) => e.isFile() && compressible.test(e.name))
        .map((e) => join(e.parentPath, e.name));
      await Promise.all(files.map(writeTwins));
    },
  };
}

async function writeTwins(file: string): Promise<void> {
  const body = await readFile(file);
  const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: body.length };
  const twins = [
    [`${file}.br`, await brotli(body, { params })],
    [`${file}.gz`, await gz(body, { level: 9 })],
  ] as const;
  // A twin that saves nothing is not written; the server falls back to the file itself.
  await Promise.all(
    twins.filter(([, data]) => data.length < body.length).map(([name, data]) => writeFile(name, data)),
  );
}
