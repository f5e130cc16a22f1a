import { afterEach, expect, test } from 'vitest';
import {
  formatBytes,
  formatCompact,
  formatNumber,
  formatRelative,
  formatStyled,
  type NumberStyle,
  setFormatLocale,
} from './format.ts';

afterEach(() => setFormatLocale('en'));

const now = Date.parse('2026-11-23T12:00:00Z');

test.each([
  [1234.567, {}, 'en', '1,234.567'],
  [1234.567, { decimals: 1 }, 'de', '1.234,6'],
  [12, { decimals: 2, style: 'currency', unit: 'EUR' }, 'en', '€12.00'],
  [40, { style: 'percent' }, 'en', '40%'],
  [3, { unit: 'weeks' }, 'en', '3\u00a0weeks'],
  [3, { style: 'currency', unit: 'no code' }, 'en', '3\u00a0no code'],
  [-0.5, { decimals: 0 }, 'en', '-1'],
] as [number, NumberStyle, string, string][])('%d with %j in %s is %s', (value, style, locale, wanted) => {
  setFormatLocale(locale);
  expect(formatStyled(value, style)).toBe(wanted);
});

test('a number shows at most two decimals unless told', () => {
  expect(formatNumber(1 / 3)).toBe('0.33');
  expect(formatNumber(2, { minimumFractionDigits: 1 })).toBe('2.0');
});

test('switching the language is not hidden by the cache of formatters', () => {
  expect(formatNumber(1234.5)).toBe('1,234.5');
  setFormatLocale('de');
  expect(formatNumber(1234.5)).toBe('1.234,5');
});

test.each([
  ['2026-11-23T11:59:40Z', 'now'],
  ['2026-11-23T11:55:00Z', '5 minutes ago'],
  ['2026-11-23T09:00:00Z', '3 hours ago'],
  ['2026-11-22T11:00:00Z', 'yesterday'],
  ['2026-11-24T13:00:00Z', 'tomorrow'],
  ['2026-11-01T12:00:00Z', '3 weeks ago'],
  ['2024-10-01T12:00:00Z', '2 years ago'],
])('%s is %s', (moment, wanted) => {
  expect(formatRelative(moment, now)).toBe(wanted);
});

test.each([
  [1, '1 byte'],
  [999, '999 bytes'],
  [1_200_000, '1.2 MB'],
])('%d bytes are %s', (bytes, wanted) => {
  expect(formatBytes(bytes)).toBe(wanted);
});

test('short counts', () => {
  expect(formatCompact(17_314)).toBe('17.3K');
});
