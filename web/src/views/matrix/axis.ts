import { formatList, formatNumber, formatStyled, numberOptions } from '@/lib/format.ts';
import { t } from '@/lib/i18n.ts';
import { lockReason } from '@/sync/facts.ts';
import type { CellValue, FieldInfo, Role } from '@/sync/types.ts';
import { clean, linearTicks, logTicks, niceRange, niceStep, type Span, shareOf } from './scale.ts';

/** A value that an axis can have where it cannot have all. */
export interface Stop {
  value: number;
  label: string;
  /** What is written to get there. */
  cell: CellValue;
}

/** A mark on an axis. */
export interface Tick {
  value: number;
  label: string;
}

/** What the values along an axis have in common. */
export interface Extent {
  least: number;
  most: number;
  /** All are whole numbers. */
  whole: boolean;
}

/** A field as an axis: where values stand, how they are written, and what a drag may make of them. */
export interface Axis {
  field: FieldInfo;
  /** Everything there is to see, before zooming. */
  span: Span;
  /** The only possible values, ascending; absent where any number will do. */
  stops?: readonly Stop[];
  /** The least distance of two values, 0 where there is none. */
  grain: number;
  /** What may be entered. */
  bounds: { min: number; max: number };
  /** Why it cannot be changed by hand; absent where it can. */
  locked?: string;
}

/** The choice of an axis. */
export interface AxisChoice {
  log?: boolean;
  reversed?: boolean;
  /** The ends that somebody has fixed. */
  from?: number | null;
  to?: number | null;
}

/** The range with the ends that are fixed, where they leave something of it. */
function fixedEnds(range: { low: number; high: number }, { from, to, log }: AxisChoice) {
  const fits = (end: number | null | undefined): end is number =>
    typeof end === 'number' && (!log || end > 0);
  const [low, high] = [fits(from) ? from : range.low, fits(to) ? to : range.high];
  if (low < high) return { low, high };
  // The free end gives way.
  if (fits(from) && !fits(to)) return { low: from, high: log ? from * 10 : from + 10 };
  if (fits(to) && !fits(from)) return { low: log ? to / 10 : to - 10, high: to };
  return range;
}

/** Whether the ends of an axis of this field can be fixed. */
export function hasEnds(field: FieldInfo): boolean {
  return (stopsOf(field)?.length ?? 0) === 0;
}

/** The possible values of a field that has few. */
export function stopsOf(field: FieldInfo): Stop[] | undefined {
  switch (field.type) {
    case 'rating':
      return [1, 2, 3, 4, 5].map((value) => ({ value, label: formatNumber(value), cell: value }));
    case 'checkbox':
      return [
        { value: 0, label: t('matrix.no'), cell: null },
        { value: 1, label: t('matrix.yes'), cell: true },
      ];
    case 'select':
      return optionStops(field);
    default:
      return undefined;
  }
}

/** Options by weight; those of equal weight share a place, where the first is written. */
function optionStops(field: FieldInfo): Stop[] {
  const byWeight = new Map<number, { id: number; names: string[] }>();
  for (const { id, name, weight } of field.options) {
    if (weight === undefined || weight === null) continue;
    const same = byWeight.get(weight);
    if (same) same.names.push(name);
    else byWeight.set(weight, { id, names: [name] });
  }
  return [...byWeight]
    .sort(([a], [b]) => a - b)
    .map(([value, { id, names }]) => ({ value, label: formatList(names, 'disjunction'), cell: id }));
}

function stopRange(stops: readonly Stop[], log: boolean): { low: number; high: number } {
  const values = stops.map((stop) => stop.value).filter((value) => !log || value > 0);
  const [first = 1, last = first] = [values[0], values.at(-1)];
  const gaps = Math.max(1, values.length - 1);
  if (log) {
    const room = first === last ? 2 : (last / first) ** (0.5 / gaps);
    return { low: first / room, high: last * room };
  }
  const room = first === last ? 1 : (last - first) / gaps / 2;
  return { low: first - room, high: last + room };
}

function sliderRange(field: FieldInfo, log: boolean): { low: number; high: number } {
  const { min = 0, max = 100, step = 1 } = field.number ?? {};
  const low = log && min <= 0 ? Math.min(step, max / 10) : min;
  if (log) return { low: low / 1.15, high: max * 1.15 };
  return { low: min - (max - min) * 0.04, high: max + (max - min) * 0.04 };
}

/** Why a drag does not change a field, for somebody with that role. */
function axisLock(field: FieldInfo, role: Role): string | undefined {
  if (field.type === 'multi_select') return t('matrix.locked.several', { field: field.name });
  return lockReason(field, role);
}

function grainOf(field: FieldInfo, extent: Extent | undefined): number {
  if (field.type === 'slider') return field.number?.step ?? 1;
  const decimals = field.number?.decimals;
  if (decimals !== undefined && decimals !== null) return 10 ** -decimals;
  return (extent?.whole ?? true) ? 1 : 0;
}

function boundsOf(field: FieldInfo, extent: Extent | undefined): { min: number; max: number } {
  if (field.type === 'slider') return { min: field.number?.min ?? 0, max: field.number?.max ?? 100 };
  // What was never below zero is hardly meant to be: days, clinics, euros.
  return { min: extent && extent.least < 0 ? -1e15 : 0, max: 1e15 };
}

/** Makes the axis of a field; `extent` is of the values that have a place on it, undefined when there are none. */
export function axisOf(field: FieldInfo, choice: AxisChoice, extent: Extent | undefined, role: Role): Axis {
  const log = choice.log ?? false;
  const reversed = choice.reversed ?? false;
  const stops = stopsOf(field)?.filter((stop) => !log || stop.value > 0);
  const locked = axisLock(field, role);
  const shared = { field, ...(locked === undefined ? {} : { locked }) };
  if (stops && stops.length > 0) {
    const span = { ...stopRange(stops, log), log, reversed };
    const ends = { min: stops[0]?.value ?? 0, max: stops.at(-1)?.value ?? 0 };
    return { ...shared, span, stops, grain: 0, bounds: ends };
  }
  const { low, high } = fixedEnds(
    field.type === 'slider'
      ? sliderRange(field, log)
      : niceRange(extent?.least ?? 0, extent?.most ?? 10, log),
    choice,
  );
  const grain = grainOf(field, extent);
  return { ...shared, span: { low, high, log, reversed }, grain, bounds: boundsOf(field, extent) };
}

/** The possible value that is nearest to a number, as close as `fineness` steps over what is seen of the axis. */
export function snap(axis: Axis, value: number, seen: number = axis.span.high - axis.span.low): number {
  if (axis.stops) return nearestStop(axis, value).value;
  const { min, max } = axis.bounds;
  const fineness = axis.span.log ? niceStep(Math.abs(value), 30) : niceStep(seen, 200);
  const step = Math.max(axis.grain, fineness > axis.grain ? multipleOf(fineness, axis.grain) : 0);
  const base = axis.field.type === 'slider' ? min : 0;
  const snapped = step > 0 ? base + Math.round((value - base) / step) * step : value;
  const least = axis.span.log && min <= 0 ? Math.max(axis.grain, Number.MIN_VALUE) : min;
  return clean(Math.min(max, Math.max(least, snapped)));
}

/** A step that keeps to the grain. */
function multipleOf(step: number, grain: number): number {
  return grain > 0 ? Math.max(1, Math.round(step / grain)) * grain : step;
}

function nearestStop(axis: Axis, value: number): Stop {
  const stops = axis.stops ?? [];
  const at = (stop: Stop) => Math.abs(shareOf(stop.value, axis.span) - shareOf(value, axis.span));
  const [first] = stops;
  if (!first) return { value, label: '', cell: value };
  // Below zero a logarithm has no place: the first stop is the nearest.
  if (Number.isNaN(shareOf(value, axis.span))) return first;
  return stops.reduce((best, stop) => (at(stop) < at(best) ? stop : best), first);
}

/** The next possible value up (1) or down (-1), or ten further for larger `by`. */
export function stepFrom(axis: Axis, value: number, by: number): number {
  if (axis.stops) {
    const values = axis.stops.map((stop) => stop.value);
    const at = values.indexOf(nearestStop(axis, value).value);
    return values[Math.min(values.length - 1, Math.max(0, at + by))] ?? value;
  }
  const { low, high, log } = axis.span;
  const wide = log ? niceStep(Math.abs(value) || 1, 10) : niceStep(high - low, 50);
  const step = Math.max(axis.grain, multipleOf(wide, axis.grain));
  const { min, max } = axis.bounds;
  const least = log && min <= 0 ? Math.max(axis.grain, Number.MIN_VALUE) : min;
  return clean(Math.min(max, Math.max(least, Math.round(value / step) * step + by * step)));
}

const isRange = (cell: unknown): cell is { low: number; likely: number; high: number } =>
  typeof cell === 'object' && cell !== null && 'low' in cell && 'high' in cell && 'likely' in cell;

/** What is written for a value; a range is moved as a whole, so that what was unsure stays as unsure. */
export function cellOf(axis: Axis, value: number, now: CellValue): CellValue {
  if (axis.stops && !isRange(now)) {
    const stop = nearestStop(axis, value);
    // Another option of the same weight stays what it is.
    const { options, type } = axis.field;
    const kept = type === 'select' && options.some((each) => each.id === now && each.weight === stop.value);
    return kept ? now : stop.cell;
  }
  if (!isRange(now)) return value;
  const move = (end: number) =>
    snap(axis, axis.span.log ? end * (value / now.likely) : end + value - now.likely);
  const [low, high] = [Math.min(value, move(now.low)), Math.max(value, move(now.high))];
  return (low < high ? { low, likely: value, high } : value) as CellValue;
}

/** A value in words, as its field writes it. */
export function textOf(axis: Pick<Axis, 'field' | 'stops'>, value: number): string {
  const stop = axis.stops?.find((each) => each.value === value);
  if (stop) return stop.label;
  return formatStyled(clean(value), axis.field.number ?? {});
}

/** The marks of a part of an axis that has room for about `count` of them. */
export function ticksOf(axis: Axis, part: { low: number; high: number }, count: number): Tick[] {
  if (axis.stops) return axis.stops.filter(({ value }) => value >= part.low && value <= part.high);
  const { min, max } = axis.bounds;
  const values = axis.span.log
    ? logTicks(part.low, part.high, count)
    : linearTicks(part.low, part.high, count, axis.grain >= 1 ? 1 : 0);
  return values
    .filter((value) => value >= min && value <= max)
    .map((value) => ({ value, label: tickText(axis.field, value) }));
}

/** Ticks leave the unit to the axis' name and decimals away where there are none; large ones are short. */
function tickText(field: FieldInfo, value: number): string {
  const { style, unit } = field.number ?? {};
  const written = { style, unit: style === 'currency' ? unit : undefined };
  if (Math.abs(value) < 10_000) return formatStyled(value, written);
  return formatNumber(value, {
    ...numberOptions(written),
    notation: 'compact',
    minimumFractionDigits: 0,
    maximumFractionDigits: 1,
  });
}

/** The unit to say with an axis' name. */
export function unitOf(field: FieldInfo): string | undefined {
  const { style, unit } = field.number ?? {};
  return style === 'currency' || style === 'percent' ? undefined : unit;
}
