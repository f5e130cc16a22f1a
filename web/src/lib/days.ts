import { datePartsUTC, formatLocale, formatRangeUTC, formatUTC } from './format.ts';
import { t } from './i18n.ts';

/** A calendar day without a time zone, written YYYY-MM-DD. */
export type Day = string;

/** How exactly a date is meant, from fine to coarse; as the server names them. */
export const precisions = ['day', 'month', 'quarter', 'half', 'year'] as const;

/** One of the precisions. */
export type Precision = (typeof precisions)[number];

/** A span of days, both ends included, lying on the edges of its precision's units. */
export interface Interval {
  start: Day;
  end: Day;
  precision: Precision;
}

const msPerDay = 86_400_000;
const monthsIn: Record<Precision, number> = { day: 0, month: 1, quarter: 3, half: 6, year: 12 };

/** The midnight in UTC that stands for a day. The day must be valid. */
export function dateOf(day: Day): Date {
  return new Date(`${day}T00:00:00Z`);
}

/** The day of a UTC date. */
export function dayOf(date: Date): Day {
  return date.toISOString().slice(0, 10);
}

/** A day from its numbers; months from 1, and may run over (month 13 is January of the next year). */
export function makeDay(year: number, month: number, day: number): Day {
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  return dayOf(date);
}

/** Whether a text is a day that exists, with a year from 1 to 9999. */
export function isDay(text: string): boolean {
  if (!/^\d{4}-\d\d-\d\d$/.test(text) || text < '0001') return false;
  const date = dateOf(text);
  return !Number.isNaN(date.getTime()) && dayOf(date) === text;
}

/** Today where the reader is. */
export function today(now: Date = new Date()): Day {
  return makeDay(now.getFullYear(), now.getMonth() + 1, now.getDate());
}

/** The numbers of a day. */
export function partsOf(day: Day): { year: number; month: number; day: number } {
  const [year = 0, month = 0, date = 0] = day.split('-').map(Number);
  return { year, month, day: date };
}

/** The day that lies so many days later (or earlier). */
export function addDays(day: Day, days: number): Day {
  return dayOf(new Date(dateOf(day).getTime() + days * msPerDay));
}

/** The same day of the month so many months later; the last of the month where that day does not exist. */
export function addMonths(day: Day, months: number): Day {
  const { year, month, day: date } = partsOf(day);
  const last = partsOf(makeDay(year, month + months + 1, 0)).day;
  return makeDay(year, month + months, Math.min(date, last));
}

/** The day of the week, 1 Monday to 7 Sunday. */
export function weekday(day: Day): number {
  return dateOf(day).getUTCDay() || 7;
}

/** The first day of the unit that a day lies in. */
export function startOf(day: Day, precision: Precision): Day {
  const months = monthsIn[precision];
  if (months === 0) return day;
  const { year, month } = partsOf(day);
  return makeDay(year, Math.floor((month - 1) / months) * months + 1, 1);
}

/** The last day of the unit that a day lies in. */
export function endOf(day: Day, precision: Precision): Day {
  const months = monthsIn[precision];
  if (months === 0) return day;
  return addDays(addMonths(startOf(day, precision), months), -1);
}

/** The day in the unit that lies so many units later. */
export function addUnits(day: Day, units: number, precision: Precision): Day {
  return precision === 'day' ? addDays(day, units) : addMonths(day, units * monthsIn[precision]);
}

/** The smallest interval of a precision that covers both days, whichever comes first. */
export function intervalOf(a: Day, b: Day, precision: Precision): Interval {
  const [first, last] = a <= b ? [a, b] : [b, a];
  return { start: startOf(first, precision), end: endOf(last, precision), precision };
}

/** Writes a day: "12 Mar 2027", or "12 Mar" within this year. */
export function formatDay(day: Day, options: { now?: Day; long?: true } = {}): string {
  const sameYear = partsOf(day).year === partsOf(options.now ?? today()).year;
  if (options.long) return formatUTC(dateOf(day), { dateStyle: 'full' });
  return formatUTC(dateOf(day), { day: 'numeric', month: 'short', ...(sameYear ? {} : { year: 'numeric' }) });
}

/** Writes the unit of a precision that a day lies in: "12 Mar 2027", "Mar 2027", "Q1 2027", "H1 2027", "2027". */
export function formatUnit(day: Day, precision: Precision): string {
  const { year, month } = partsOf(day);
  switch (precision) {
    case 'month':
      return formatUTC(dateOf(day), { month: 'short', year: 'numeric' });
    case 'quarter':
      return t('date.quarterOf', { quarter: Math.ceil(month / 3), year: String(year) });
    case 'half':
      return t('date.halfOf', { half: month <= 6 ? 1 : 2, year: String(year) });
    case 'year':
      return formatUTC(dateOf(day), { year: 'numeric' });
    default:
      return formatUTC(dateOf(day), { day: 'numeric', month: 'short', year: 'numeric' });
  }
}

/** Writes an interval as exactly as it is meant: "3–17 Mar 2027", "Q1 2027", "Q1 2027 – Q3 2027". */
export function formatInterval({ start, end, precision }: Interval): string {
  if (precision === 'day') {
    return formatRangeUTC(dateOf(start), dateOf(end), { day: 'numeric', month: 'short', year: 'numeric' });
  }
  const first = formatUnit(start, precision);
  const last = formatUnit(end, precision);
  return first === last ? first : t('date.range', { start: first, end: last });
}

/** The first day of the week where the reader is, 1 Monday to 7 Sunday. */
export function firstWeekday(locale: string = formatLocale()): number {
  const info = new Intl.Locale(locale) as Intl.Locale & {
    getWeekInfo?: () => { firstDay: number };
    weekInfo?: { firstDay: number };
  };
  return info.getWeekInfo?.().firstDay ?? info.weekInfo?.firstDay ?? 1;
}

/** The days of the six weeks that a month's calendar shows, from the week's first day. */
export function monthGrid(day: Day, first: number = firstWeekday()): Day[] {
  const start = startOf(day, 'month');
  const lead = (weekday(start) - first + 7) % 7;
  return Array.from({ length: 42 }, (_, at) => addDays(start, at - lead));
}

/**
 * Reads a day as people write it: 2027-03-12, or numbers in the order of the reader's language (12.3.2027, 3/12/27),
 * or with the month's name (12 Mar 2027). A missing year is this year. Returns undefined when it is no date.
 */
export function parseDay(text: string, now: Day = today()): Day | undefined {
  const trimmed = text.trim();
  if (isDay(trimmed)) return trimmed;
  const words = trimmed.toLowerCase().match(/\d+|[\p{L}\p{M}]+/gu) ?? [];
  const month = words.map(monthNamed).find((found) => found > 0);
  const digits = words.filter((word) => /^\d+$/.test(word));
  if (month !== undefined) {
    const [a = '', b] = digits;
    return a.length === 4 ? checked(a, month, b ?? '1') : checked(b ?? String(partsOf(now).year), month, a);
  }
  if (digits.length < 2 || digits.length > 3 || digits.length !== words.length) return undefined;
  const order = digits[0]?.length === 4 ? ['year', 'month', 'day'] : writtenOrder(digits.length === 3);
  const found: Record<string, string> = { year: String(partsOf(now).year) };
  order.forEach((part, at) => {
    found[part] = digits[at] ?? '';
  });
  return checked(found.year ?? '', Number(found.month), found.day ?? '');
}

function checked(year: string, month: number, day: string): Day | undefined {
  const full = year.length <= 2 ? 2000 + Number(year) : Number(year);
  const text = `${String(full).padStart(4, '0')}-${String(month).padStart(2, '0')}-${day.padStart(2, '0')}`;
  return isDay(text) ? text : undefined;
}

function writtenOrder(withYear: boolean): string[] {
  const parts = datePartsUTC(dateOf('2001-02-03'), { day: 'numeric', month: 'numeric', year: 'numeric' });
  const order: string[] = parts.map((part) => part.type).filter((type) => /^(day|month|year)$/.test(type));
  return withYear ? order : order.filter((part) => part !== 'year');
}

/** The number of the month whose name begins so (at least three letters), 0 for none. */
function monthNamed(word: string): number {
  if (word.length < 3 || /^\d/.test(word)) return 0;
  const months = Array.from({ length: 12 }, (_, at) => at + 1);
  return (
    months.find((month) => {
      const date = dateOf(makeDay(2001, month, 1));
      const english = date.toLocaleString('en', { month: 'long', timeZone: 'UTC' }).toLowerCase();
      return formatUTC(date, { month: 'long' }).toLowerCase().startsWith(word) || english.startsWith(word);
    }) ?? 0
  );
}
