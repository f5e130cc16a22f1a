import { describe, expect, it } from 'vitest';
import { parseTSV, pastedCell, pasteSize, writeHTML, writeTSV } from './clipboard.ts';

describe('clipboard', () => {
  it.each([
    ['', []],
    ['a', [['a']]],
    [
      'a\tb\r\nc\td\r\n',
      [
        ['a', 'b'],
        ['c', 'd'],
      ],
    ],
    ['"two\nlines"\tb', [['two\nlines', 'b']]],
    ['"say ""hi"""', [['say "hi"']]],
    ['5" pipe\tb', [['5" pipe', 'b']]],
    ['"not closed\tb', [['"not closed', 'b']]],
    ['a\t\n', [['a', '']]],
    ['\n\n', [[''], ['']]],
  ])('reads %j', (text, cells) => {
    expect(parseTSV(text)).toEqual(cells);
  });

  it('writes what it reads again', () => {
    const blocks = [
      [
        ['a', 'b'],
        ['c', 'd'],
      ],
      [
        ['tab\there', 'line\nbreak'],
        ['"quoted"', 'plain "x" inside'],
      ],
      [
        ['日本語', 'عربى'],
        ['', 'x'],
      ],
    ];
    for (const block of blocks) expect(parseTSV(writeTSV(block))).toEqual(block);
  });

  it('writes HTML in which nothing is markup', () => {
    expect(writeHTML([['<b>&"', 'a\nb']])).toBe(
      '<table><tr><td>&lt;b&gt;&amp;&quot;</td><td>a<br>b</td></tr></table>',
    );
  });

  it('repeats a block over a target that it fits evenly, else pastes it once', () => {
    expect(pasteSize([['x']], { rows: 4, columns: 3 })).toEqual({ rows: 4, columns: 3 });
    expect(pasteSize([['a'], ['b']], { rows: 5, columns: 1 })).toEqual({ rows: 2, columns: 1 });
    expect(pasteSize([['a', 'b', 'c']], { rows: 1, columns: 1 })).toEqual({ rows: 1, columns: 3 });
    expect(
      pastedCell(
        [
          ['a', 'b'],
          ['c', 'd'],
        ],
        3,
        2,
      ),
    ).toBe('c');
  });
});
