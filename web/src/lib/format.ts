import { createStore } from './store.ts';

// Dates and numbers follow the browser, also where the messages have no translation.
const locale = createStore<string>(globalThis.navigator?.language || 'en');

/** The language tag that dates and numbers are written in. */
export function formatLocale(): string {
  return locale.get();
}

/** Writes dates and numbers in another language from now on. */
export function setFormatLocale(tag: string): void {
  locale.set(tag);
}

/** Keeps one formatter per language and set of options: making one costs far more than using it. */
function cached<F, O>(make: (tag: string, options: O) => F): (options: O) => F {
  const made = new Map<string, F>();
  return (options) => {
    const key = `${locale.get()} ${JSON.stringify(options)}`;
    let formatter = made.get(key);
    if (formatter === undefined) {
      formatter = make(locale.get(), options);
      made.set(key, formatter);
    }
    return formatter;
  };
}

const numbers = cached((tag, options: Intl.NumberFormatOptions) => new Intl.NumberFormat(tag, options));
const dates = cached((tag, options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(tag, options));
const relatives = cached(
  (tag, options: Intl.RelativeTimeFormatOptions) => new Intl.RelativeTimeFormat(tag, options),
);
const lists = cached((tag, options: Intl.ListFormatOptions) => new Intl.ListFormat(tag, options));

/** Writes a number; options as Intl.NumberFormat takes them. At most 2 decimals unless told. */
export function formatNumber(value: number, options: Intl.NumberFormatOptions = {}): string {
  const decimals = options.minimumFractionDigits === undefined ? { maximumFractionDigits: 2 } : {};
  return numbers({ ...decimals, ...options }).format(value);
}

/** How a number field says that its values are written; the shape of the server's field settings. */
export interface NumberStyle {
  style?: string;
  /** A word behind the number, or the ISO 4217 code of a currency. */
  unit?: string;
  /** 0–6; as many as there are when absent. */
  decimals?: number | null;
}

/** The Intl options of a number field's settings. The unit of a plain number is not part of them. */
export function numberOptions({ style, unit, decimals }: NumberStyle): Intl.NumberFormatOptions {
  const digits =
    decimals == null
      ? { maximumFractionDigits: 6 }
      : { minimumFractionDigits: decimals, maximumFractionDigits: decimals };
  if (style === 'percent') return { ...digits, style: 'unit', unit: 'percent' };
  if (style === 'currency' && /^[A-Za-z]{3}$/.test(unit ?? ''))
    return { ...digits, style: 'currency', currency: unit };
  return digits;
}

/** Writes a value of a number field: 1,234.5 kg, 40%, €12.00. Percent values are stored as people say them (40). */
export function formatStyled(value: number, style: NumberStyle): string {
  const options = numberOptions(style);
  const text = numbers(options).format(value);
  const bareUnit = options.style === undefined ? style.unit : undefined;
  return bareUnit ? `${text}\u00a0${bareUnit}` : text;
}

/** Writes a computed number that has no format of its own, with as many decimals as a column can be read with. */
export function formatComputed(value: number): string {
  return formatStyled(Number(value.toFixed(Math.abs(value) >= 100 ? 1 : 2)), {});
}

/** Writes a large count short: 17K. */
export function formatCompact(value: number): string {
  return numbers({ notation: 'compact', maximumFractionDigits: 1 }).format(value);
}

/** Writes a moment as a date and time. */
export function formatMoment(moment: Date | string | number): string {
  return dates({ dateStyle: 'medium', timeStyle: 'short' }).format(new Date(moment));
}

/** Writes a part of a moment, where the reader is. */
export function formatLocal(moment: Date | string | number, options: Intl.DateTimeFormatOptions): string {
  return dates(options).format(new Date(moment));
}

/** Writes a part of a date in UTC: what calendar days (without a time zone) are kept in. */
export function formatUTC(date: Date, options: Intl.DateTimeFormatOptions): string {
  return dates({ ...options, timeZone: 'UTC' }).format(date);
}

/** The parts of a date as this language writes them, for working out the order of day, month and year. */
export function datePartsUTC(date: Date, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormatPart[] {
  return dates({ ...options, timeZone: 'UTC' }).formatToParts(date);
}

/** Writes two calendar dates as a range, without repeating what they share. */
export function formatRangeUTC(start: Date, end: Date, options: Intl.DateTimeFormatOptions): string {
  return dates({ ...options, timeZone: 'UTC' }).formatRange(start, end);
}

const steps: [Intl.RelativeTimeFormatUnit, number][] = [
  ['minute', 60],
  ['hour', 3600],
  ['day', 86_400],
  ['week', 604_800],
  ['month', 2_629_746],
  ['year', 31_556_952],
];

/** Writes how long ago a moment was or how far off it is, in its largest unit: "3 hours ago", "now". */
export function formatRelative(moment: Date | string | number, now: number = Date.now()): string {
  const seconds = (new Date(moment).getTime() - now) / 1000;
  const size = Math.abs(seconds);
  let chosen: [Intl.RelativeTimeFormatUnit, number] = ['second', 1];
  for (const step of steps) if (size >= step[1]) chosen = step;
  const count = chosen[0] === 'second' ? 0 : Math.trunc(seconds / chosen[1]);
  return relatives({ numeric: 'auto' }).format(count, chosen[0]);
}

/** Joins words as a sentence does: "a, b, and c". */
export function formatList(
  items: Iterable<string>,
  type: 'conjunction' | 'disjunction' = 'conjunction',
): string {
  return lists({ type }).format(items);
}

/** Writes a number of bytes: 1.2 MB. */
export function formatBytes(bytes: number): string {
  const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte'];
  let at = 0;
  let size = bytes;
  while (size >= 1000 && at < units.length - 1) {
    size /= 1000;
    at += 1;
  }
  const options = { style: 'unit', unit: units[at], unitDisplay: at === 0 ? 'long' : 'short' } as const;
  return numbers({ ...options, maximumFractionDigits: at === 0 ? 0 : 1 }).format(size);
}
