import { formatLocale } from '@/lib/format.ts';
import { t } from '@/lib/i18n.ts';
import { type RangeValue, rangeIn, rangeValue, tidy } from '@/lib/range.ts';
import type { CellValue } from '@/sync/types.ts';
import { notA, parseNumber, writeNumber } from './text.ts';
import type { Parsed } from './types.ts';

/** A range as it was written; its parts need not ascend. */
export interface WrittenRange extends RangeValue {
  /** Only the ends were written. */
  middle?: true;
  /** Written as a number ± a distance. */
  around?: true;
}

/** What a field allows its numbers to be. */
export interface NumberRule {
  /** The error for a text that is no such number. */
  kind: 'number' | 'rating';
  min?: number;
  max?: number;
  whole?: true;
  /** A percent sign is the field's unit, so that it never means a share. */
  percent?: true;
}

/**
 * Reads 3–8, 3..8, 3 to 8, 3–8 (5), 5 ±2, 5 ±40 % and 3/5/8; rules UNC-3 and UNC-4. Undefined for anything else, a
 * single number among them.
 */
export function parseRange(
  text: string,
  locale: string = formatLocale(),
  points = false,
): WrittenRange | undefined {
  const source = text.normalize('NFKC').trim();
  const read = (part: string | undefined) =>
    part === undefined || /^\s*$/.test(part) ? undefined : parseNumber(part, locale);
  const withLikely = /^(.+)\(([^()]+)\)$/s.exec(source);
  if (withLikely) {
    const range = ends(withLikely[1] ?? '', read);
    const likely = read(withLikely[2]);
    return range && likely !== undefined ? { low: range.low, likely, high: range.high } : undefined;
  }
  const around = /^([^±]*?)(?:±|\+\/?[-−–])(.*)$/s.exec(source);
  if (around) return spread(around[1] ?? '', around[2] ?? '', read, points);
  const parts = source.split('/');
  if (parts.length === 3) return three(parts.map(read));
  return ends(source, read);
}

type Read = (part: string | undefined) => number | undefined;

function spread(a: string, b: string, read: Read, points: boolean): WrittenRange | undefined {
  const likely = read(a);
  let by = read(b);
  if (likely === undefined || by === undefined || by < 0) return undefined;
  if (!points && b.trim().endsWith('%') && !a.trim().endsWith('%')) by = (Math.abs(likely) * by) / 100;
  return { low: tidy(likely - by), likely, high: tidy(likely + by), around: true };
}

/** Two small whole numbers and a year are a date. */
function three([low, likely, high]: (number | undefined)[]): WrittenRange | undefined {
  if (low === undefined || likely === undefined || high === undefined) return undefined;
  const small = (x: number) => Number.isInteger(x) && x >= 1 && x <= 31;
  return small(low) && small(likely) && high >= 1900 && high <= 2100 ? undefined : { low, likely, high };
}

/** A dash may also be a number's sign, so that each place where one stands is tried. */
function ends(source: string, read: Read): WrittenRange | undefined {
  for (const sign of ['...', '..', ' to ', '–', '—', '-', '−']) {
    for (let at = source.indexOf(sign, 1); at > 0; at = source.indexOf(sign, at + sign.length)) {
      const before = source.slice(0, at);
      if (/\de$/i.test(before)) continue; // the sign of an exponent
      const low = read(before);
      const high = read(source.slice(at + sign.length));
      if (low !== undefined && high !== undefined)
        return { low, likely: tidy(low / 2 + high / 2), high, middle: true };
    }
  }
  return undefined;
}

/** A number or a range as the text of a spreadsheet's cell: 5 or 3–8 (5). */
export function numberText(value: CellValue): string {
  const range = rangeIn(value);
  if (range) return `${writeNumber(range.low)}–${writeNumber(range.high)} (${writeNumber(range.likely)})`;
  return typeof value === 'number' ? writeNumber(value) : '';
}

/** A text as a number or a range that the field allows. */
export function numberFromText(text: string, rule: NumberRule): Parsed {
  if (text.trim() === '') return { value: null };
  const range = parseRange(text, formatLocale(), rule.percent);
  if (!range) {
    const value = /±|\.\.|…/.test(text) ? undefined : parseNumber(text);
    if (value === undefined) return notA(rule.kind, text);
    return refusal(value, rule, text) ?? { value };
  }
  if (range.around) {
    range.low = Math.max(range.low, Math.min(rule.min ?? -Infinity, range.likely));
    range.high = Math.min(range.high, Math.max(rule.max ?? Infinity, range.likely));
  }
  if (range.middle && rule.whole) range.likely = Math.floor(range.likely + 0.5);
  const { low, likely, high } = range;
  if (low > likely || likely > high) return { error: t('field.rangeOrder', { text: text.trim() }) };
  return (
    refusal(low, rule, text) ??
    refusal(likely, rule, text) ??
    refusal(high, rule, text) ?? { value: rangeValue(range) }
  );
}

function refusal(value: number, rule: NumberRule, text: string): { error: string } | undefined {
  const { min = -Infinity, max = Infinity } = rule;
  if (rule.whole && (!Number.isInteger(value) || value < min || value > max))
    return notA(rule.kind, text) as { error: string };
  return value < min || value > max ? { error: t('field.outOfRange', { min, max, value }) } : undefined;
}
