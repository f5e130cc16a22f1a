import { type Day, firstWeekday, formatUnit, type Precision } from '@/lib/days.ts';
import { formatUTC } from '@/lib/format.ts';

/** A day as its number since 1970-01-01, which reckons faster than a text. */
export type DayNumber = number;

/** What an axis is divided into. */
export type Unit = Precision | 'week';

const monthsIn: Record<Unit, number> = { day: 0, week: 0, month: 1, quarter: 3, half: 6, year: 12 };
const msPerDay = 86_400_000;

/** The number of a date; months from 1, and may run over. */
export function dayFrom(year: number, month: number, day: number): DayNumber {
  const shift = Math.floor((month - 1) / 12);
  return (
    Date.UTC(2000 + ((year + shift) % 400), month - 1 - 12 * shift, day) / msPerDay + centuries(year + shift)
  );
}

/** Days between the year that stands for it in Date.UTC, which reads years below 100 as of the last century, and a year. */
function centuries(year: number): number {
  return ((year - (2000 + (year % 400))) / 400) * 146_097;
}

/** The number of a day that is written YYYY-MM-DD. */
export function dayNumber(day: Day): DayNumber {
  const at = day.length - 6;
  return dayFrom(Number(day.slice(0, at)), Number(day.slice(at + 1, at + 3)), Number(day.slice(at + 4)));
}

function dateOf(n: DayNumber): Date {
  return new Date(n * msPerDay);
}

/** A day as it is written. */
export function dayText(n: DayNumber): Day {
  return dateOf(n).toISOString().slice(0, 10);
}

/** The first day of the unit that a day lies in. */
export function unitStart(n: DayNumber, unit: Unit): DayNumber {
  const months = monthsIn[unit];
  if (unit === 'day') return n;
  // 1970-01-01 was a Thursday.
  if (unit === 'week') return n - ((((n + 4 - firstWeekday()) % 7) + 7) % 7);
  const date = dateOf(n);
  return dayFrom(date.getUTCFullYear(), Math.floor(date.getUTCMonth() / months) * months + 1, 1);
}

/** The first day of the unit so many units behind that of a day. */
export function addUnits(n: DayNumber, count: number, unit: Unit): DayNumber {
  const start = unitStart(n, unit);
  if (unit === 'day') return start + count;
  if (unit === 'week') return start + 7 * count;
  const date = dateOf(start);
  return dayFrom(date.getUTCFullYear(), date.getUTCMonth() + 1 + count * monthsIn[unit], 1);
}

/** The last day of the unit that a day lies in. */
export function unitEnd(n: DayNumber, unit: Unit): DayNumber {
  return addUnits(n, 1, unit) - 1;
}

/** The edge between two units that is nearest to a day: it is the first day of the one behind. */
export function nearestEdge(n: DayNumber, unit: Unit): DayNumber {
  const before = unitStart(Math.floor(n), unit);
  const after = addUnits(before, 1, unit);
  return n - before < after - n ? before : after;
}

/** How many units begin after a day and not after another. */
export function unitsBetween(from: DayNumber, to: DayNumber, unit: Unit): number {
  if (unit === 'day') return to - from;
  if (unit === 'week') return (unitStart(to, 'week') - unitStart(from, 'week')) / 7;
  const [a, b] = [dateOf(unitStart(from, unit)), dateOf(unitStart(to, unit))];
  const months = (b.getUTCFullYear() - a.getUTCFullYear()) * 12 + b.getUTCMonth() - a.getUTCMonth();
  return months / monthsIn[unit];
}

const order: readonly Unit[] = ['day', 'week', 'month', 'quarter', 'half', 'year'];

/** The coarser of two units. */
export function coarser(a: Unit, b: Unit): Unit {
  return order.indexOf(a) >= order.indexOf(b) ? a : b;
}

/** One part of an axis. */
export interface Tick {
  /** Its first day. */
  from: DayNumber;
  /** The first day behind it. */
  to: DayNumber;
  label: string;
}

function monthStyle(width: number): Intl.DateTimeFormatOptions {
  if (width < 36) return { month: 'narrow' };
  if (width < 130) return { month: 'short' };
  return { month: 'long', year: 'numeric' };
}

function tickLabel(from: DayNumber, unit: Unit, width: number): string {
  const date = dateOf(from);
  switch (unit) {
    case 'day':
      return String(date.getUTCDate());
    case 'week':
      return formatUTC(date, width < 60 ? { day: 'numeric' } : { day: 'numeric', month: 'short' });
    case 'month':
      return formatUTC(date, monthStyle(width));
    case 'quarter':
      return width < 70 ? `Q${Math.floor(date.getUTCMonth() / 3) + 1}` : formatUnit(dayText(from), 'quarter');
    default:
      return formatUnit(dayText(from), unit);
  }
}

/** The parts of an axis that touch a range of days; perDay is how many pixels a day has. */
export function ticks(from: DayNumber, to: DayNumber, unit: Unit, perDay: number): Tick[] {
  const found: Tick[] = [];
  let at = unitStart(Math.floor(from), unit);
  while (at <= to) {
    const next = addUnits(at, 1, unit);
    found.push({ from: at, to: next, label: tickLabel(at, unit, (next - at) * perDay) });
    at = next;
  }
  return found;
}
