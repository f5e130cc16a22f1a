import { likelyOf, type RangeValue, rangeIn, rangeValue, tidy } from '@/lib/range.ts';
import type { CellValue } from '@/sync/types.ts';

/** How far a range may be pulled, and by how much at a time. */
export interface WidenRule {
  step: number;
  min?: number;
  max?: number;
}

/** The distance by which a number's range grows at a pull: about a tenth of it, in round figures. */
export function roundStep(value: number): number {
  const size = Math.abs(value) / 10;
  if (size === 0) return 1;
  const power = 10 ** Math.floor(Math.log10(size));
  const round = [1, 2, 5, 10].find((part) => part * power >= size * 0.999) ?? 10;
  const step = tidy(round * power);
  return Number.isInteger(value) ? Math.max(1, step) : step;
}

/** How a number without bounds is pulled: never over zero, which people would have to type. */
export function pullRule(likely: number): WidenRule {
  const step = roundStep(likely);
  if (likely === 0) return { step };
  const near = Math.min(step, Math.abs(likely));
  return likely > 0 ? { step, min: near } : { step, max: -near };
}

/** A value with both ends pulled out by some steps, or in where there are fewer than none. */
export function widen(value: CellValue, steps: number, { step, min, max }: WidenRule): CellValue {
  const likely = likelyOf(value);
  if (likely === undefined) return value;
  const { low, high } = rangeIn(value) ?? { low: likely, high: likely };
  const next: RangeValue = {
    low: tidy(Math.min(likely, Math.max(min ?? -Infinity, low - steps * step))),
    likely,
    high: tidy(Math.max(likely, Math.min(max ?? Infinity, high + steps * step))),
  };
  return rangeValue(next);
}
