import type { Unit } from './time.ts';

/** The four named steps of the zoom. */
export const zooms = ['weeks', 'months', 'quarters', 'years'] as const;

/** One of them. */
export type Zoom = (typeof zooms)[number];

/** Pixels that a day has at each step. */
export const perDayOf: Record<Zoom, number> = { weeks: 26, months: 8, quarters: 2.6, years: 0.7 };

const [least, most] = [0.12, 72];

/** A zoom within its bounds. */
export function clampScale(perDay: number): number {
  return Math.min(most, Math.max(least, perDay));
}

/** The step that a continuous zoom lies nearest to. */
export function zoomOf(perDay: number): Zoom {
  if (perDay >= 15) return 'weeks';
  if (perDay >= 4.5) return 'months';
  return perDay >= 1.3 ? 'quarters' : 'years';
}

const parts: Record<Zoom, { major: Unit; minor: Unit; snap: Unit; place: Unit }> = {
  weeks: { major: 'month', minor: 'day', snap: 'day', place: 'week' },
  months: { major: 'month', minor: 'week', snap: 'week', place: 'month' },
  quarters: { major: 'quarter', minor: 'month', snap: 'month', place: 'quarter' },
  years: { major: 'year', minor: 'quarter', snap: 'quarter', place: 'year' },
};

/**
 * What a zoom divides the axis into (major above minor), what dragged bars snap to, and the unit that an undated idea
 * gets where it is dropped.
 */
export function partsOf(perDay: number): { major: Unit; minor: Unit; snap: Unit; place: Unit } {
  const zoom = zoomOf(perDay);
  if (zoom === 'weeks' && perDay < 20) return { ...parts.weeks, minor: 'week' };
  if (zoom === 'years' && perDay < 0.35) return { ...parts.years, minor: 'year' };
  return parts[zoom];
}

/** The next zoom when going in (1) or out (-1). */
export function stepScale(perDay: number, direction: 1 | -1): number {
  return clampScale(direction > 0 ? perDay * 1.5 : perDay / 1.5);
}

/** A zoom rounded to a few steps, so that lines are packed anew only now and then. */
export function packingScale(perDay: number): number {
  return 2 ** Math.floor(Math.log2(perDay) * 1 + 0.5);
}
