import type { WeightPlay } from '@/sync/certainty.ts';

/** Where the scale of all weights ends: twice the largest one, a round number. */
export function scaleOf(plays: readonly Pick<WeightPlay, 'weight'>[]): number {
  const most = 2 * Math.max(...plays.map(({ weight }) => Math.abs(weight)));
  if (!(most > 0)) return 1;
  const unit = 10 ** Math.floor(Math.log10(most));
  return Math.ceil(most / unit) * unit;
}

/** Where a weight stands on the scale, in percent; those beyond stand at its end. */
export function shareOf(weight: number, most: number): number {
  return Math.min(100, Math.max(0, (Math.abs(weight) / most) * 100));
}
