import type { Day } from '@/lib/days.ts';
import type { TimelineLoad } from './layout.ts';
import type { Span } from './spans.ts';
import { addUnits, type DayNumber, dayText, unitStart } from './time.ts';

/** Something that takes so much over the days of its span. */
export interface Work {
  span: Span;
  amount: number;
}

/** What a period takes against what it has. */
export interface PeriodLoad {
  /** The period's first day, and the first behind it. */
  from: DayNumber;
  to: DayNumber;
  amount: number;
  capacity?: number;
  over: boolean;
}

/** Sums work per period: each amount is spread evenly over the days of its span (TLN-50). */
export function sumsOf(
  work: readonly Work[],
  unit: NonNullable<TimelineLoad['unit']>,
): Map<DayNumber, number> {
  const sums = new Map<DayNumber, number>();
  for (const { span, amount } of work) {
    const perDay = amount / (span.end + 1 - span.start);
    let at = unitStart(span.start, unit);
    while (at <= span.end) {
      const next = addUnits(at, 1, unit);
      const days = Math.min(next, span.end + 1) - Math.max(at, span.start);
      sums.set(at, (sums.get(at) ?? 0) + days * perDay);
      at = next;
    }
  }
  return sums;
}

/** Sums are compared with some tolerance: thirds do not add up exactly. */
const tolerance = 1e-6;

/** The periods of a range with their sums, and the capacity of each (TLN-51, TLN-52). */
export function loadsOf(
  sums: ReadonlyMap<DayNumber, number>,
  load: TimelineLoad,
  range: { from: DayNumber; to: DayNumber },
): PeriodLoad[] {
  const unit = load.unit ?? 'quarter';
  const own = new Map((load.periods ?? []).map((period) => [period.from, period.capacity]));
  const found: PeriodLoad[] = [];
  for (let from = unitStart(Math.floor(range.from), unit); from <= range.to; ) {
    const to = addUnits(from, 1, unit);
    const amount = sums.get(from) ?? 0;
    const capacity = own.get(dayText(from)) ?? load.capacity;
    found.push({ from, to, amount, capacity, over: capacity !== undefined && amount > capacity + tolerance });
    from = to;
  }
  return found;
}

/** How many periods from the present one on a table of capacities offers, by unit. */
const offered = { month: 12, quarter: 8, half: 4, year: 3 } as const;

/** The periods that a table of capacities has: those with one of their own, and the next from today on. */
export function capacitiesOf(load: TimelineLoad, now: DayNumber): { from: Day; capacity?: number }[] {
  const unit = load.unit ?? 'quarter';
  const own = new Map((load.periods ?? []).map(({ from, capacity }) => [from, capacity]));
  const next = Array.from({ length: offered[unit] }, (_, at) => dayText(addUnits(now, at, unit)));
  return [...new Set([...own.keys(), ...next])].sort().map((from) => {
    const capacity = own.get(from);
    return capacity === undefined ? { from } : { from, capacity };
  });
}

/** Gives a period a capacity of its own, or that of all (undefined). */
export function withCapacity(load: TimelineLoad, from: Day, capacity: number | undefined): TimelineLoad {
  const others = (load.periods ?? []).filter((period) => period.from !== from);
  const periods = capacity === undefined ? others : [...others, { from, capacity }];
  return { ...load, periods: periods.toSorted((a, b) => a.from.localeCompare(b.from)) };
}
