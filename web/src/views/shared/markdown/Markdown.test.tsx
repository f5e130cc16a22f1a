import { render, screen } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { decodeEntities, safeHref } from './inline.ts';
import { Markdown } from './Markdown.tsx';

const html = (text: string) => render(<Markdown text={text} />).container;

describe('Markdown', () => {
  it('shows HTML as the text it is', () => {
    const page = html(
      'Hello <script>alert(1)</script> <img src=x onerror=alert(1)>\n\n<iframe src="/"></iframe>',
    );
    expect(page.querySelector('script, img, iframe')).toBeNull();
    expect(page.textContent).toContain('<script>alert(1)</script>');
    expect(page.textContent).toContain('<iframe src="/"></iframe>');
  });

  it.each([
    '[x](javascript:alert(1))',
    '[x](JaVaScRiPt:alert(1))',
    '[x](java&#115;cript:alert(1))',
    '[x](data:text/html,<b>)',
    '[x](vbscript:x)',
    '[x](//evil.example)',
    '<javascript:alert(1)>',
  ])('makes no link of %s', (text) => {
    expect(html(text).querySelector('a')).toBeNull();
  });

  it('links to web and mail addresses, away from this page', () => {
    const link = html('[the study](https://example.com/a?b=1&amp;c=2)').querySelector('a');
    expect(link?.getAttribute('href')).toBe('https://example.com/a?b=1&c=2');
    expect(link?.rel).toContain('noopener');
    expect(link?.textContent).toBe('the study');
  });

  it('loads no pictures from elsewhere but names them', () => {
    const page = html('![Sketch](https://example.com/a.png)');
    expect(page.querySelector('img')).toBeNull();
    expect(page.querySelector('a')?.textContent).toBe('Sketch');
  });

  it('shows tasks, tables, quotes and code', () => {
    const page = html(
      '- [x] done\n- [ ] open\n\n| A | B |\n|---|--:|\n| 1 | 2 |\n\n> quote\n\n```js\na < b && c\n```',
    );
    expect(page.querySelectorAll('li[data-task]')).toHaveLength(2);
    expect(screen.getByRole('img', { name: 'Done:' })).toBeTruthy();
    expect(page.querySelector('td:last-child')?.textContent).toBe('2');
    expect(page.querySelector('blockquote')?.textContent).toContain('quote');
    expect(page.querySelector('pre code')?.textContent).toBe('a < b && c');
  });

  it('gives headings levels without a gap, whatever the text began with', () => {
    const page = html('#### Why\n\n###### Details\n\n#### How');
    expect([...page.querySelectorAll('h3,h4,h5,h6')].map((heading) => heading.tagName)).toEqual([
      'H3',
      'H4',
      'H3',
    ]);
  });

  it('shows characters, not their names', () => {
    expect(html('Fish &amp; chips &lt;now&gt; &copy; 5 < 6').textContent).toBe('Fish & chips <now> © 5 < 6');
  });
});

it.each([
  ['https://example.com', 'https://example.com'],
  ['mailto:a@example.com', 'mailto:a@example.com'],
  ['/p/INS', '/p/INS'],
  ['/\\evil.example', undefined],
  [' javascript:alert(1)', undefined],
  ['ftp://example.com', undefined],
])('safeHref(%j)', (href, safe) => {
  expect(safeHref(href)).toBe(safe);
});

it('leaves alone what is no character reference', () => {
  expect(decodeEntities('a & b; &nosuchthing; &#x41;')).toBe('a & b; &nosuchthing; A');
});
