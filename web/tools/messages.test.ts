import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const src = join(import.meta.dirname, '../src');
const entry = 'app/main.tsx';

interface Source {
  /** Files that come with it. */
  now: string[];
  /** Files that it fetches when they are needed. */
  later: string[];
  text: string;
}

/** A path below src that an import names; undefined for packages. */
function inside(from: string, target: string): string | undefined {
  if (target.startsWith('@/')) return target.slice(2);
  if (target.startsWith('.')) return relative('/', resolve('/', dirname(from), target));
  return undefined;
}

function read(path: string): Source {
  const text = readFileSync(join(src, path), 'utf8');
  const found = (pattern: RegExp) =>
    [...text.matchAll(pattern)].flatMap((match) => inside(path, match[1] ?? '') ?? []);
  return {
    now: found(/^(?:import|export)\s+(?!type\s)(?:[^'"`;]*?from\s*)?['"]([^'"]+)['"]/gm),
    later: found(/[^.\w]import\(\s*['"]([^'"]+)['"]/g),
    text,
  };
}

const sources = new Map(
  readdirSync(src, { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.tsx?$/.test(path) && !/\.(test|d)\.tsx?$/.test(path))
    .map((path) => [path, read(path)]),
);

const areas = readdirSync(join(src, 'lib/messages/later')).map((file) => file.replace('.ts', ''));
const ids = new Map(
  areas.map((area) => [
    area,
    new Set(Object.keys(JSON.parse(readFileSync(join(src, `lib/messages/en/${area}.json`), 'utf8')))),
  ]),
);

/** The areas whose messages a file shows. */
function areasOf(text: string): string[] {
  return areas.filter(
    (area) =>
      text.includes(`\`${area}.`) ||
      [...text.matchAll(/'([a-z]+\.[\w.]+)'/g)].some((match) => ids.get(area)?.has(match[1] ?? '')),
  );
}

function closure(root: string): Set<string> {
  const seen = new Set<string>();
  const visit = (path: string) => {
    const source = sources.get(path);
    if (!source || seen.has(path)) return;
    seen.add(path);
    source.now.forEach(visit);
  };
  visit(root);
  return seen;
}

describe('messages that come later', () => {
  const roots = new Set([entry, ...[...sources.values()].flatMap((source) => source.later)]);

  it.each([...roots].filter((root) => sources.has(root)))('are there when %s shows them', (root) => {
    const files = closure(root);
    const missing = [...files].flatMap((file) =>
      areasOf(sources.get(file)?.text ?? '')
        .filter((area) => !files.has(`lib/messages/later/${area}.ts`))
        .map((area) => `${file} shows "${area}.…": import lib/messages/later/${area}.ts in ${root}`),
    );
    expect(missing).toEqual([]);
  });
});
