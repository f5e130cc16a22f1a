import type { PendingValue } from '@/sync/overlay.ts';
import { sameValue } from '@/sync/rows.ts';
import type { IdeaRow } from '@/sync/types.ts';
import { type Axis, cellOf, snap, stepFrom } from './axis.ts';
import type { ValueOf } from './points.ts';
import { shareOf, valueAt } from './scale.ts';

/** An idea that is being moved: where it began, if it had a place, and where it would be put. */
export interface Carried {
  row: IdeaRow;
  /** Its place at the beginning; undefined for one that comes from the tray. */
  from?: { u: number; v: number; x: number; y: number };
  x: number;
  y: number;
}

/** The two axes of a plot. */
export interface Axes {
  x: Axis;
  y: Axis;
}

/** The place of a pair of values. */
export function placeOf({ x, y }: { x: number; y: number }, axes: Axes): { u: number; v: number } {
  return { u: shareOf(x, axes.x.span), v: shareOf(y, axes.y.span) };
}

interface Along {
  axis: Axis;
  /** Where it began, in shares; undefined without a place. */
  from?: { share: number; value: number };
  share: number;
  zoom: number;
  /** The value that it would have without the pointer. */
  now: number;
}

function along({ axis, from, share, zoom, now }: Along): number {
  if (axis.locked !== undefined && from) return from.value;
  if (axis.locked !== undefined) return now;
  // Back at the beginning it is what it was, however exact that is.
  if (from && Math.abs(share - from.share) < 1e-9) return from.value;
  const inside = Math.min(1, Math.max(0, share));
  return snap(axis, valueAt(inside, axis.span), (axis.span.high - axis.span.low) / zoom);
}

/** Ideas moved by a distance on the plot; each keeps to what its fields allow. */
export function carryBy(
  items: readonly Carried[],
  by: { du: number; dv: number },
  axes: Axes,
  zoom: number,
): Carried[] {
  return items.map((item) => {
    const { from } = item;
    if (!from) return item;
    return {
      ...item,
      x: along({
        axis: axes.x,
        from: { share: from.u, value: from.x },
        share: from.u + by.du,
        zoom,
        now: item.x,
      }),
      y: along({
        axis: axes.y,
        from: { share: from.v, value: from.y },
        share: from.v + by.dv,
        zoom,
        now: item.y,
      }),
    };
  });
}

/** Ideas put at a place of the plot, all of them: how those without a place come onto it. */
export function carryTo(
  items: readonly Carried[],
  at: { u: number; v: number },
  axes: Axes,
  zoom: number,
): Carried[] {
  return items.map((item) => ({
    ...item,
    x: along({ axis: axes.x, share: at.u, zoom, now: item.x }),
    y: along({ axis: axes.y, share: at.v, zoom, now: item.y }),
  }));
}

/** Ideas moved by steps of an axis, as the arrow keys do; up and right are where the axes point. */
export function carryStep(items: readonly Carried[], which: 'x' | 'y', by: number, axes: Axes): Carried[] {
  const axis = axes[which];
  if (axis.locked !== undefined) return [...items];
  const towards = axis.span.reversed ? -by : by;
  return items.map((item) => ({ ...item, [which]: stepFrom(axis, item[which], towards) }));
}

/** What is written when ideas are put down: only what differs, and nothing of an axis that is locked. */
export function writesOf(items: readonly Carried[], axes: Axes, shown: ValueOf): PendingValue[] {
  return items.flatMap((item) =>
    (['x', 'y'] as const).flatMap((which) => {
      const axis = axes[which];
      if (axis.locked !== undefined || item.from?.[which] === item[which]) return [];
      const { ref } = axis.field;
      const now = shown(item.row, ref);
      const value = cellOf(axis, item[which], now);
      return sameValue(now, value) ? [] : [{ id: item.row.id, ref, value }];
    }),
  );
}
