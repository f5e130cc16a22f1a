import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { precisions } from '@/lib/days.ts';
import { setFormatLocale } from '@/lib/format.ts';
import { calendarPage, dayAfterKey, turnPage } from './calendar.ts';

beforeEach(() => setFormatLocale('en-GB'));
afterEach(() => setFormatLocale('en'));

describe('a page', () => {
  test.each([
    ['day', 6, 7, 'August 2027'],
    ['month', 4, 3, '2027'],
    ['quarter', 4, 4, '2025 – 2028'],
    ['half', 4, 2, '2025 – 2028'],
    ['year', 4, 3, '2017 – 2028'],
  ] as const)('of %ss has %d rows of %d under %s', (precision, rows, perRow, title) => {
    const page = calendarPage('2027-08-15', precision, 1);
    expect([page.rows.length, page.title]).toEqual([rows, title]);
    for (const row of page.rows) expect(row.cells).toHaveLength(perRow);
  });

  test.each(precisions)('of %ss holds the day it was asked for, once', (precision) => {
    const cells = calendarPage('2027-08-15', precision).rows.flatMap((row) => row.cells);
    expect(cells.filter((cell) => cell.start <= '2027-08-15' && '2027-08-15' <= cell.end)).toHaveLength(1);
  });

  test('of quarters heads each row with its year', () => {
    const page = calendarPage('2027-08-15', 'quarter');
    expect(page.rows.map((row) => row.heading)).toEqual(['2025', '2026', '2027', '2028']);
    expect(page.rows[2]?.cells.map((cell) => [cell.text, cell.start])).toEqual([
      ['Q1', '2027-01-01'],
      ['Q2', '2027-04-01'],
      ['Q3', '2027-07-01'],
      ['Q4', '2027-10-01'],
    ]);
  });

  test('of days marks those of other months', () => {
    const cells = calendarPage('2027-08-15', 'day', 1).rows.flatMap((row) => row.cells);
    expect(cells.filter((cell) => !cell.outside)).toHaveLength(31);
  });
});

test.each([
  ['ArrowRight', 'day', '2027-09-01'],
  ['ArrowUp', 'day', '2027-08-24'],
  ['Home', 'day', '2027-08-30'],
  ['End', 'day', '2027-09-05'],
  ['PageDown', 'day', '2027-09-30'],
  ['ArrowDown', 'month', '2027-11-30'],
  ['ArrowLeft', 'quarter', '2027-05-31'],
  ['ArrowUp', 'quarter', '2026-08-31'],
  ['End', 'quarter', '2027-10-01'],
  ['PageUp', 'year', '2015-08-31'],
  ['a', 'day', undefined],
] as const)('%s in %ss leads from 31 August 2027 to %s', (key, precision, wanted) => {
  expect(dayAfterKey(key, '2027-08-31', precision)).toBe(wanted);
});

test('turning a page and back returns to the month', () => {
  expect(turnPage(turnPage('2027-08-15', 1, 'day'), -1, 'day')).toBe('2027-08-15');
});
