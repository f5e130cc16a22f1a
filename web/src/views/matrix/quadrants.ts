import type { Axis } from './axis.ts';
import { snap, stepFrom } from './axis.ts';
import type { Quadrants } from './definition.ts';
import type { Quadrant } from './quadrant-names.ts';
import { clean, niceStep, shareOf, valueAt } from './scale.ts';

/** Where a plot is divided, in values. */
export interface Dividers {
  x: number;
  y: number;
}

/** The value at which an axis is divided where nobody moved the divider: its middle, between two stops. */
export function middleOf(axis: Axis): number {
  if (axis.stops && axis.stops.length > 1) {
    const at = Math.floor(axis.stops.length / 2);
    const [below, above] = [axis.stops[at - 1], axis.stops[at]];
    // Of five, three count as high: whoever is in the middle is worth a look.
    if (below && above) return betweenStops(axis, below.value, above.value);
  }
  const middle = valueAt(0.5, axis.span);
  return axis.span.log ? clean(Number(middle.toPrecision(2))) : clean(middle);
}

function betweenStops(axis: Axis, below: number, above: number): number {
  return clean(axis.span.log ? Math.sqrt(below * above) : (below + above) / 2);
}

/** The dividers of a plot. */
export function dividersOf(quadrants: Quadrants | undefined, x: Axis, y: Axis): Dividers {
  const chosen = (at: number | null | undefined, axis: Axis) =>
    typeof at === 'number' && !(axis.span.log && at <= 0) ? at : middleOf(axis);
  return { x: chosen(quadrants?.x, x), y: chosen(quadrants?.y, y) };
}

/** The quadrant of a pair of values; what stands on a divider counts as high. */
export function quadrantOf(value: Dividers, at: Dividers): Quadrant {
  if (value.x >= at.x) return value.y >= at.y ? 'highHigh' : 'highLow';
  return value.y >= at.y ? 'lowHigh' : 'lowLow';
}

/** The value that a divider takes at a place: half-way between two stops, else a round value. */
export function snapDivider(axis: Axis, share: number): number {
  const inside = Math.min(0.98, Math.max(0.02, share));
  const value = valueAt(inside, axis.span);
  if (axis.stops && axis.stops.length > 1) {
    const values = axis.stops.map((stop) => stop.value);
    const gaps = values.slice(1).map((above, at) => betweenStops(axis, values[at] ?? above, above));
    const from = shareOf(value, axis.span);
    return gaps.reduce((best, gap) =>
      Math.abs(shareOf(gap, axis.span) - from) < Math.abs(shareOf(best, axis.span) - from) ? gap : best,
    );
  }
  return snap({ ...axis, bounds: { min: -1e15, max: 1e15 } }, value);
}

/** The next value of a divider, up or down. */
export function stepDivider(axis: Axis, at: number, by: number): number {
  if (axis.stops && axis.stops.length > 1) {
    const values = axis.stops.map((stop) => stop.value);
    const gaps = values.slice(1).map((above, place) => betweenStops(axis, values[place] ?? above, above));
    const nearest = gaps.reduce((best, gap) => (Math.abs(gap - at) < Math.abs(best - at) ? gap : best));
    return gaps[Math.min(gaps.length - 1, Math.max(0, gaps.indexOf(nearest) + by))] ?? at;
  }
  const { low, high, log } = axis.span;
  const free = { ...axis, bounds: { min: log ? low : -1e15, max: 1e15 } };
  const next = log ? stepFrom(free, at, by) : clean(at + by * Math.max(axis.grain, niceStep(high - low, 50)));
  return Math.min(high, Math.max(low, next));
}
