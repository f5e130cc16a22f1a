import { expect, test } from 'vitest';
import { shortcutKeys, shortcutText } from './keys.ts';

test.each([
  ['$mod+z', true, ['⌘', 'Z'], '⌘Z'],
  ['$mod+z', false, ['Ctrl', 'Z'], 'Ctrl+Z'],
  ['$mod+Shift+ArrowUp', false, ['Ctrl', 'Shift', '↑'], 'Ctrl+Shift+↑'],
  ['Shift+?', true, ['?'], '?'],
] as const)('%s with mac=%s is %j, in a sentence %s', (shortcut, mac, keys, text) => {
  expect(shortcutKeys(shortcut, mac)).toEqual(keys);
  expect(shortcutText(shortcut, mac)).toBe(text);
});
