import { expect, it } from 'vitest';
import { projectKeyOf } from './project-key.ts';

it.each([
  ['/p/INS', 'INS'],
  ['/p/ins/v/3', 'INS'],
  ['/p/INS/settings/fields', 'INS'],
  ['/i/INS-12', 'INS'],
  ['/i/ins-12', 'INS'],
  ['/i/INS', undefined],
  ['/', undefined],
  ['/settings/account', undefined],
])('%s is about %s', (path, key) => {
  expect(projectKeyOf(path)).toBe(key);
});
