import type { Spread } from '@/sync/spreads.ts';

/** Where a bar stands on its scale, in percent. */
export interface PlacedSpread {
  start: number;
  length: number;
  /** Where the likely value stands. */
  mark?: number;
}

/** Places a spread on a scale; what reaches beyond it is cut. */
export function placeSpread(
  { low, high }: Spread,
  { from, to }: { from: number; to: number },
  likely?: number,
): PlacedSpread {
  const share = (value: number) =>
    to > from ? Math.min(100, Math.max(0, ((value - from) / (to - from)) * 100)) : 50;
  const start = share(low);
  return {
    start,
    length: share(high) - start,
    ...(likely !== undefined && { mark: share(likely) }),
  };
}

/** A spread that is narrower than this, in percent of its scale, is as good as certain and is not drawn. */
const narrow = 2.5;

/** Whether there is something to see of a spread. */
export function isVisible({ length }: PlacedSpread): boolean {
  return length >= narrow;
}
