import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const src = join(import.meta.dirname, '../..');
const catalogue = join(src, 'lib/messages/en');

const code = readdirSync(src, { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.tsx?$/.test(name) && !/\.(test|d)\.tsx?$/.test(name))
  .map((name) => readFileSync(join(src, name), 'utf8'))
  .join('\n');

/** The ids that are written out, and what those may be that are put together. */
const written = new Set([...code.matchAll(/['"]([\w.]+)['"]/g)].map((found) => found[1]));
const made = [...code.matchAll(/`([A-Za-z][\w.]*(?:\$\{[^}`]*\}[\w.]*)+)`/g)].map(
  ([, text = '']) =>
    new RegExp(
      `^${text
        .split(/\$\{[^}]*\}/)
        .map((part) => part.replaceAll('.', '\\.'))
        .join('.+')}$`,
    ),
);

it('has no message that nothing says', () => {
  const ids = readdirSync(catalogue)
    .filter((name) => name.endsWith('.json'))
    .flatMap((name) => Object.keys(JSON.parse(readFileSync(join(catalogue, name), 'utf8')) as object));
  expect(ids.length).toBeGreaterThan(1000);
  expect(ids.filter((id) => !written.has(id) && !made.some((pattern) => pattern.test(id)))).toEqual([]);
});
