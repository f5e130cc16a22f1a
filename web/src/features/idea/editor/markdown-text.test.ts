import { Editor } from '@tiptap/core';
import { describe, expect, it } from 'vitest';
import { richExtensions } from './extensions.ts';
import { looksLikeMarkdown, needsSource, sameMarkdown, tidyMarkdown } from './markdown-text.ts';

/** The text after the editor has read and written it. */
function roundTrip(markdown: string): string {
  const editor = new Editor({
    extensions: richExtensions(''),
    content: markdown,
    contentType: 'markdown',
    injectCSS: false,
  });
  const written = tidyMarkdown(editor.getMarkdown());
  editor.destroy();
  return written;
}

describe('the editor keeps', () => {
  it.each([
    '## Why\n\nPeople give up at the **inventory** step.',
    '- [x] Interviewed 12 people\n- [ ] Prototype',
    '1. First\n2. Second',
    '- one\n  - nested\n- two',
    '> I would rather take a photo.',
    '```js\nconst a = 1;\n\n\n\nconst b = 2;\n```',
    'See [the study](https://example.com/study) and `code`.',
    '![Sketch](https://example.com/a.png "On paper")',
    'Grüße, 日本語 and עברית',
    '~~gone~~ and *slanted*',
    '[@Ada](cairn:person/7), [INS-3](cairn:idea/9) and ![Sketch](cairn:file/4)',
  ])('%j', (markdown) => {
    expect(roundTrip(markdown)).toBe(markdown);
  });

  it('the cells of a table', () => {
    const written = roundTrip('| Step | Leaves |\n|---|---|\n| Address | 4 % |\n| Inventory | **61 %** |');
    const cells = written.split('\n').map((line) => line.split('|').map((cell) => cell.trim()));
    expect(cells[0]).toEqual(['', 'Step', 'Leaves', '']);
    expect(cells[3]).toEqual(['', 'Inventory', '**61 %**', '']);
  });
});

it('the editor links to no address that runs something', () => {
  const editor = new Editor({
    extensions: richExtensions(''),
    content: '[x](javascript:alert(1)) [y](https://example.com)',
    contentType: 'markdown',
    injectCSS: false,
  });
  const links = [...editor.view.dom.querySelectorAll('a')].map((link) => link.getAttribute('href') ?? '');
  editor.destroy();
  expect(links).toContain('https://example.com');
  expect(links.join()).not.toContain('javascript');
});

it.each([
  ['plain **text**', false],
  ['a <b>bold</b> word', true],
  ['<details>\n\nmore\n\n</details>', true],
  ['`<b>` in code', false],
  ['[a][1]\n\n[1]: https://example.com', true],
])('needsSource(%j) is %s', (text, needed) => {
  expect(needsSource(text)).toBe(needed);
});

it.each([
  ['# Title\n\ntext', true],
  ['- one\n- two', true],
  ['see [this](https://example.com)', true],
  ['| a | b |\n|---|---|\n| 1 | 2 |', true],
  ['Just a sentence, with a dash - and a #tag.', false],
  ['3 * 4 * 5', false],
])('looksLikeMarkdown(%j) is %s', (text, like) => {
  expect(looksLikeMarkdown(text)).toBe(like);
});

it('tells texts apart by what they say', () => {
  expect(sameMarkdown('a\r\n\r\n\r\n\r\nb  \n', 'a\n\nb')).toBe(true);
  expect(sameMarkdown('a', 'b')).toBe(false);
});

it('tidies between parts but not inside code', () => {
  expect(tidyMarkdown('a\n\n\n\nb\n\n```\nx\n\n\n\ny\n```\n\n\n')).toBe('a\n\nb\n\n```\nx\n\n\n\ny\n```');
});
