import { type Interval, type Precision, precisions } from '@/lib/days.ts';
import type { CellValue, FieldInfo, Ref } from '@/sync/types.ts';
import {
  addUnits,
  coarser,
  type DayNumber,
  dayNumber,
  dayText,
  nearestEdge,
  type Unit,
  unitEnd,
  unitStart,
  unitsBetween,
} from './time.ts';

/** When an idea happens: days, both included, as exactly as the precision says. The server's schedule.Span. */
export interface Span {
  start: DayNumber;
  end: DayNumber;
  precision: Precision;
}

/** The one or two fields that say when ideas happen. */
export interface DateFields {
  start: FieldInfo;
  /** Absent when the start field alone gives both. */
  end?: FieldInfo;
}

/** Where values are read from. */
export type ValueOf = (ref: Ref) => CellValue;

function isInterval(value: CellValue): value is Interval {
  return typeof value === 'object' && value !== null && 'start' in value && 'precision' in value;
}

function valueSpan(value: CellValue): Span | undefined {
  if (typeof value === 'string') {
    const day = dayNumber(value);
    return Number.isNaN(day) ? undefined : { start: day, end: day, precision: 'day' };
  }
  if (!isInterval(value)) return undefined;
  return { start: dayNumber(value.start), end: dayNumber(value.end), precision: value.precision };
}

/** A span on the edges of the units of a precision. */
export function widen({ start, end }: Span, precision: Precision): Span {
  return { start: unitStart(start, precision), end: unitEnd(end, precision), precision };
}

/** When an idea with these values happens; undefined without any date. The same rule as the server's (TLN-3). */
export function spanOf(value: ValueOf, { start, end }: DateFields): Span | undefined {
  const a = valueSpan(value(start.ref));
  if (!end) return a;
  const b = valueSpan(value(end.ref));
  if (!a || !b) return a ?? b;
  const span: Span = { start: Math.min(a.start, b.end), end: Math.max(a.start, b.end), precision: 'day' };
  if (start.type !== 'interval' || end.type !== 'interval') return span;
  return widen(span, coarser(a.precision, b.precision) as Precision);
}

function intervalValue({ start, end, precision }: Span): Interval {
  return { start: dayText(start), end: dayText(end), precision };
}

/** A field and what to write into it. */
export interface DateValue {
  ref: Ref;
  value: CellValue;
}

/** The values that give an idea a span: of two fields each gets its end, an interval among them keeps its precision (TLN-4). */
export function valuesOf(value: ValueOf, { start, end }: DateFields, to: Span): DateValue[] {
  if (!end) {
    const next = start.type === 'interval' ? intervalValue(to) : dayText(to.start);
    return [{ ref: start.ref, value: next }];
  }
  const single = !valueSpan(value(start.ref)) !== !valueSpan(value(end.ref)) && to.start === to.end;
  const one = (field: FieldInfo, day: DayNumber, side: 'start' | 'end'): DateValue[] => {
    const now = valueSpan(value(field.ref));
    // What had a day of one kind only and still is a single day does not get the other.
    if (single && !now) return [];
    if (field.type !== 'interval') return [{ ref: field.ref, value: dayText(day) }];
    const precision = now?.precision ?? to.precision;
    const other = now ? now.end - now.start : 0;
    const [first, last] =
      side === 'start' ? [day, Math.min(day + other, Math.max(day, to.end))] : [day - other, day];
    return [
      { ref: field.ref, value: intervalValue(widen({ start: first, end: last, precision }, precision)) },
    ];
  };
  return [...one(start, to.start, 'start'), ...one(end, to.end, 'end')];
}

/** The span moved so that it begins in the unit of its precision that holds a day; it lasts as long as before. */
export function beginAt(span: Span, day: DayNumber): Span {
  const { precision } = span;
  if (precision === 'day') return { start: day, end: day + span.end - span.start, precision };
  const units = unitsBetween(span.start, span.end, precision);
  const start = unitStart(day, precision);
  return { start, end: unitEnd(addUnits(start, units, precision), precision), precision };
}

/** Whether a drag reckons by the day although the zoom or the bar is coarser: the person holds Alt. */
export interface Reckoning {
  /** What the zoom snaps to. */
  snap: Unit;
  /** To the day, and the bar is exact to the day from then on. */
  exact?: boolean;
}

function stepOf(span: Span, { snap, exact }: Reckoning): Unit {
  return exact ? 'day' : coarser(span.precision, snap);
}

/** A bar moved so that it begins near a day (with a fraction), on an edge of what it snaps to (TLN-20 to TLN-22). */
export function moved(span: Span, day: number, reckoning: Reckoning): Span {
  const at = nearestEdge(day, stepOf(span, reckoning));
  if (reckoning.exact) return { start: at, end: at + span.end - span.start, precision: 'day' };
  return beginAt(span, at);
}

/** A bar whose start was pulled near a day; it keeps at least one unit (TLN-23). */
export function startPulled(span: Span, day: number, reckoning: Reckoning): Span {
  const precision = reckoning.exact ? 'day' : span.precision;
  const start = Math.min(nearestEdge(day, stepOf(span, reckoning)), unitStart(span.end, precision));
  return { start, end: span.end, precision };
}

/** A bar whose end was pulled near the end of a day; it keeps at least one unit (TLN-23). */
export function endPulled(span: Span, day: number, reckoning: Reckoning): Span {
  const precision = reckoning.exact ? 'day' : span.precision;
  const end = Math.max(nearestEdge(day, stepOf(span, reckoning)) - 1, unitEnd(span.start, precision));
  return { start: span.start, end, precision };
}

/** A bar moved or pulled by keys: so many of what it snaps to (TLN-24). */
export function stepped(span: Span, by: number, what: 'move' | 'start' | 'end', snap: Unit): Span {
  const unit = coarser(span.precision, snap);
  if (what === 'end') {
    const edge = span.end + 1;
    const onEdge = unitStart(edge, unit) === edge;
    return endPulled(span, addUnits(edge, by > 0 || onEdge ? by : by + 1, unit), { snap });
  }
  const onEdge = unitStart(span.start, unit) === span.start;
  const to = addUnits(span.start, by > 0 || onEdge ? by : by + 1, unit);
  return what === 'start' ? startPulled(span, to, { snap }) : moved(span, to, { snap });
}

/** The span that an undated idea gets where it is dropped: the unit of the zoom, as exactly as that (TLN-31). */
export function placed(day: number, place: Unit): Span {
  const start = unitStart(Math.floor(day), place);
  const precision = precisions.find((each) => each === place) ?? 'day';
  return { start, end: unitEnd(start, place), precision };
}

/** Whether two spans are the same. */
export function sameSpan(a: Span | undefined, b: Span | undefined): boolean {
  return a?.start === b?.start && a?.end === b?.end && a?.precision === b?.precision;
}
