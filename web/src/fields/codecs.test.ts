import { describe, expect, it } from 'vitest';
import { setFormatLocale } from '@/lib/format.ts';
import type { CellValue, FieldInfo, FieldTypeName } from '@/sync/types.ts';
import { fieldType } from './registry.ts';
import { joinNames, parseNumber, splitNames } from './text.ts';

const context = {
  people: [
    { id: 1, name: 'Ada Lovelace', email: 'ada@example.com', version: 1 },
    { id: 2, name: 'Émile, Jr.', version: 1 },
  ],
  me: { id: 1, name: 'Ada Lovelace', version: 1 },
};

function field(type: FieldTypeName): FieldInfo {
  return {
    ref: 'f1',
    name: 'Roadmap',
    type,
    position: 1,
    options: [
      { id: 11, name: 'Now', color: 'green' },
      { id: 12, name: 'Later, maybe', color: 'blue' },
    ],
  };
}

const range = (low: number, likely: number, high: number) => ({ low, likely, high });

const through: [FieldTypeName, CellValue[]][] = [
  ['short_text', ['one line', null]],
  ['long_text', ['two\nlines\twith a tab', null]],
  ['number', [0, -12.5, 1234567.891, null, range(3, 5, 8), range(-3.25, -1, 1234.5)]],
  ['rating', [1, 5, null, range(2, 3, 5)]],
  ['slider', [0, 42, 100, null, range(0, 42.5, 100)]],
  ['checkbox', [true, null]],
  ['select', [11, 12, null]],
  ['multi_select', [[11], [11, 12], null]],
  ['date', ['2027-03-12', '1999-12-31', null]],
  [
    'interval',
    [
      { start: '2027-01-01', end: '2027-03-31', precision: 'quarter' },
      { start: '2027-01-01', end: '2027-12-31', precision: 'half' },
      { start: '2027-02-01', end: '2027-05-31', precision: 'month' },
      { start: '2027-03-03', end: '2027-03-09', precision: 'day' },
      { start: '2027-01-01', end: '2028-12-31', precision: 'year' },
      null,
    ],
  ],
  ['person', [1, 2, null]],
  ['people', [[1, 2], [2], null]],
  ['url', ['https://example.com/a?b=c', null]],
  ['labels', [['ux', 'a, b', 'say "x"'], null]],
];

describe.each(['en-GB', 'de-DE', 'en-US'])('cells of a spreadsheet in %s', (locale) => {
  it.each(through)('%s comes back as it was', (type, values) => {
    setFormatLocale(locale);
    const { toText, fromText } = fieldType(type);
    for (const value of values) {
      const text = toText(value, field(type), context);
      expect(fromText(text, field(type), context), text).toEqual({ value });
    }
    setFormatLocale('en-US');
  });
});

describe('what people paste', () => {
  it.each<[FieldTypeName, string, CellValue]>([
    ['number', '3–8', range(3, 5.5, 8)],
    ['number', '3..8', range(3, 5.5, 8)],
    ['number', '4-4', 4],
    ['rating', '2-5', range(2, 4, 5)],
    ['rating', '4 ±2', range(2, 4, 5)],
    ['slider', '95 ±10', range(85, 95, 100)],
    ['slider', '30/40/70', range(30, 40, 70)],
    ['select', ' now ', 11],
    ['person', 'ADA@example.com', 1],
    ['checkbox', 'Yes', true],
    ['checkbox', 'no', null],
    ['rating', '★★★☆☆', 3],
    ['url', 'example.com', 'https://example.com'],
    ['interval', 'Q2 2027', { start: '2027-04-01', end: '2027-06-30', precision: 'quarter' }],
    ['interval', '2027-03 – 2027-04', { start: '2027-03-01', end: '2027-04-30', precision: 'month' }],
    ['labels', 'a; b\nc, a', ['a', 'b', 'c']],
  ])('%s from %j', (type, text, value) => {
    expect(fieldType(type).fromText(text, field(type), context)).toEqual({ value });
  });

  it.each<[FieldTypeName, string, RegExp]>([
    ['number', 'twelve', /“twelve” is not a number/],
    ['rating', '6', /from 1 to 5/],
    ['rating', '2.5', /from 1 to 5/],
    ['number', '8–3', /“8–3” does not ascend/],
    ['number', '5 ±', /“5 ±” is not a number/],
    ['rating', '2–6', /from 1 to 5/],
    ['rating', '2–4.5', /from 1 to 5/],
    ['slider', '90–110', /from 0 to 100.*110/i],
    ['slider', '101', /from 0 to 100.*101/i],
    ['select', 'Sometime', /“Roadmap” has no option named “Sometime”/],
    ['multi_select', 'Now, Sometime', /“Sometime”/],
    ['person', 'Nobody', /“Nobody”/],
    ['date', 'someday', /“someday” is not a date/],
    ['interval', '2027-05-01 .. 2027-04-01', /not an interval/],
    ['url', 'javascript:alert(1)', /not a web address/],
    ['url', 'no spaces allowed.com', /not a web address/],
    ['checkbox', 'perhaps', /neither yes nor no/],
    ['formula', '1', /computed/],
  ])('%s refuses %j and says why', (type, text, reason) => {
    const parsed = fieldType(type).fromText(text, field(type), context);
    expect('error' in parsed ? parsed.error : 'accepted').toMatch(reason);
  });
});

describe('numbers as they are written', () => {
  it.each([
    ['1,234.5', 'en-US', 1234.5],
    ['1.234,5', 'en-US', 1234.5],
    ['1,234', 'en-US', 1234],
    ['1.234', 'de-DE', 1234],
    ['1.5', 'de-DE', 1.5],
    ['1,5', 'de-DE', 1.5],
    ['1,234,567', 'en-US', 1_234_567],
    ['1 234,5', 'fr-FR', 1234.5],
    ['€ 12.00', 'en-US', 12],
    ['40 %', 'en-US', 40],
    ['(12)', 'en-US', -12],
    ['−3', 'en-US', -3],
    ['12 users', 'en-US', 12],
    ['', 'en-US', undefined],
    ['abc', 'en-US', undefined],
    ['1-2', 'en-US', undefined],
    ['12:30', 'en-US', undefined],
  ])('%j in %s', (text, locale, value) => {
    expect(parseNumber(text, locale)).toBe(value);
  });
});

it('cuts names where it joined them', () => {
  for (const names of [['a'], ['a, b', 'c;d'], ['x "y" z', 'w']])
    expect(splitNames(joinNames(names))).toEqual(names);
});
