import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  addMonths,
  endOf,
  formatInterval,
  formatUnit,
  intervalOf,
  isDay,
  monthGrid,
  parseDay,
  startOf,
  weekday,
} from './days.ts';
import { setFormatLocale } from './format.ts';

beforeEach(() => setFormatLocale('en-GB'));
afterEach(() => setFormatLocale('en'));

describe('units of the calendar', () => {
  test.each([
    ['2027-05-17', 'day', '2027-05-17', '2027-05-17'],
    ['2028-02-10', 'month', '2028-02-01', '2028-02-29'],
    ['2027-05-17', 'quarter', '2027-04-01', '2027-06-30'],
    ['2027-06-30', 'half', '2027-01-01', '2027-06-30'],
    ['2027-12-31', 'half', '2027-07-01', '2027-12-31'],
    ['2027-05-17', 'year', '2027-01-01', '2027-12-31'],
  ] as const)('%s as %s', (day, precision, start, end) => {
    expect([startOf(day, precision), endOf(day, precision)]).toEqual([start, end]);
  });

  test('an interval covers both days, in either order', () => {
    const wanted = { start: '2027-01-01', end: '2027-09-30', precision: 'quarter' };
    expect(intervalOf('2027-02-03', '2027-08-01', 'quarter')).toEqual(wanted);
    expect(intervalOf('2027-08-01', '2027-02-03', 'quarter')).toEqual(wanted);
  });

  test.each([
    ['2027-01-31', 1, '2027-02-28'],
    ['2028-01-31', 1, '2028-02-29'],
    ['2027-03-31', -1, '2027-02-28'],
    ['2027-11-30', 3, '2028-02-29'],
  ])('%s and %d months', (day, months, wanted) => {
    expect(addMonths(day, months)).toBe(wanted);
  });

  test.each([
    ['2027-02-29', false],
    ['2028-02-29', true],
    ['0000-01-01', false],
    ['0001-01-01', true],
    ['2027-13-01', false],
    ['27-1-1', false],
  ])('%s exists: %s', (text, wanted) => {
    expect(isDay(text)).toBe(wanted);
  });

  test.each([1, 7])('the grid of a month begins on weekday %d and holds the whole month', (first) => {
    const grid = monthGrid('2027-08-15', first);
    expect(grid).toHaveLength(42);
    expect(weekday(grid[0] ?? '')).toBe(first);
    expect(grid).toContain('2027-08-01');
    expect(grid).toContain('2027-08-31');
  });
});

describe('writing', () => {
  test.each([
    ['month', 'May 2027'],
    ['quarter', 'Q2 2027'],
    ['half', 'H1 2027'],
    ['year', '2027'],
  ] as const)('as %s', (precision, wanted) => {
    expect(formatUnit('2027-05-17', precision)).toBe(wanted);
  });

  test('an interval of one unit is that unit', () => {
    expect(formatInterval(intervalOf('2027-05-17', '2027-05-17', 'quarter'))).toBe('Q2 2027');
    expect(formatInterval(intervalOf('2027-05-17', '2027-12-01', 'quarter'))).toBe('Q2 2027 – Q4 2027');
  });
});

describe('reading what people type', () => {
  test.each([
    ['2027-03-12', 'en-GB', '2027-03-12'],
    ['12/3/2027', 'en-GB', '2027-03-12'],
    ['12/3/2027', 'en-US', '2027-12-03'],
    ['12.3.27', 'de', '2027-03-12'],
    ['2027/3/12', 'de', '2027-03-12'],
    ['12 Mar 2027', 'en-GB', '2027-03-12'],
    ['March 12, 2027', 'en-US', '2027-03-12'],
    ['12. März', 'de', '2026-03-12'],
    ['12/3', 'en-GB', '2026-03-12'],
    ['31/2/2027', 'en-GB', undefined],
    ['soon', 'en-GB', undefined],
    ['12', 'en-GB', undefined],
    ['12/3/2027 and more', 'en-GB', undefined],
  ])('%s in %s', (text, locale, wanted) => {
    setFormatLocale(locale);
    expect(parseDay(text, '2026-11-23')).toBe(wanted);
  });
});
