import type { DropSide } from '@/ui/use-line-drag.ts';

/** A place in a list: before or behind one of its items. */
export interface Place {
  ref: string;
  side: DropSide;
}

/** What has a position in a list. */
export interface Placed {
  ref: string;
  position: number;
}

/**
 * The position that puts an item at a place among the others, between its neighbours there; undefined where it would
 * not move.
 */
export function positionAt(items: readonly Placed[], moved: string, place: Place): number | undefined {
  if (moved === place.ref) return undefined;
  const others = items.filter((item) => item.ref !== moved);
  const target = others.findIndex((item) => item.ref === place.ref);
  if (target < 0) return undefined;
  const at = place.side === 'before' ? target : target + 1;
  const now = items.findIndex((item) => item.ref === moved);
  if (now === at) return undefined;
  const before = others[at - 1]?.position;
  const after = others[at]?.position;
  if (before === undefined) return (after ?? 1) - 1;
  return after === undefined ? before + 1 : (before + after) / 2;
}

/** The place one step up (-1) or down (1) from where an item is; undefined at the ends. */
export function stepPlace(items: readonly Placed[], moved: string, by: 1 | -1): Place | undefined {
  const target = items[items.findIndex((item) => item.ref === moved) + by];
  return target && { ref: target.ref, side: by === 1 ? 'after' : 'before' };
}
