/** A number that is not known exactly: 9 in 10 that it lies between low and high, as often above likely as below. */
export interface RangeValue {
  low: number;
  likely: number;
  high: number;
}

/** The range in a field's value; undefined for a plain number and anything else. */
export function rangeIn(value: unknown): RangeValue | undefined {
  if (typeof value !== 'object' || value === null || !('likely' in value)) return undefined;
  return value as RangeValue;
}

/** The number that stands for a value of a number, rating or slider: itself, or the likely one of a range. */
export function likelyOf(value: unknown): number | undefined {
  return typeof value === 'number' ? value : rangeIn(value)?.likely;
}

/** Rounded to twelve digits: what is left of binary fractions goes. */
export function tidy(value: number): number {
  return Number(value.toPrecision(12)) + 0;
}

/** A field's value from its three parts: a plain number where the ends are the same. */
export function rangeValue({ low, likely, high }: RangeValue): number | RangeValue {
  return low < high ? { low, likely, high } : likely;
}
