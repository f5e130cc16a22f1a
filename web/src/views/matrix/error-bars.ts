import type { Axis } from './axis.ts';
import type { Box } from './labels.ts';
import type { Mark } from './marks.ts';
import { shareOf } from './scale.ts';
import { toScreen, type Viewport } from './viewport.ts';

/** A line from the low to the high end of a range, in px. */
export interface ErrorBar {
  along: 'x' | 'y';
  from: { px: number; py: number };
  to: { px: number; py: number };
}

/** Half the length of the strokes at both ends, in px. */
export const barCap = 2.5;
/** Between a bar and what is written beside it, in px. */
const air = 1;

/** What error bars depend on. */
export interface BarOptions {
  axes: Readonly<Record<'x' | 'y', Pick<Axis, 'span'>>>;
  view: Viewport;
  size: { width: number; height: number };
}

/** The error bars of what stands alone: of a pile and of what is fanned out of it none are drawn. */
export function errorBarsOf(
  marks: readonly Pick<Mark, 'points' | 'petal'>[],
  { axes, view, size }: BarOptions,
): ErrorBar[] {
  const bars: ErrorBar[] = [];
  for (const { points, petal } of marks) {
    const [point] = points;
    if (!point || points.length > 1 || petal) continue;
    for (const along of ['x', 'y'] as const) {
      const { low, high } = point[along];
      if (low === undefined || high === undefined) continue;
      const end = (value: number) => {
        // On a logarithmic axis, what has no place lies before its beginning.
        const at = shareOf(value, axes[along].span);
        const share = Number.isNaN(at) ? (axes[along].span.reversed ? 1 : 0) : at;
        return toScreen(along === 'x' ? { u: share, v: point.v } : { u: point.u, v: share }, view, size);
      };
      bars.push({ along, from: end(low), to: end(high) });
    }
  }
  return bars;
}

/** The rectangle that a bar takes away from labels. */
export function barBox({ along, from, to }: ErrorBar): Box {
  const beside = along === 'x' ? { x: 0, y: barCap + air } : { x: barCap + air, y: 0 };
  return {
    left: Math.min(from.px, to.px) - beside.x,
    right: Math.max(from.px, to.px) + beside.x,
    top: Math.min(from.py, to.py) - beside.y,
    bottom: Math.max(from.py, to.py) + beside.y,
  };
}
