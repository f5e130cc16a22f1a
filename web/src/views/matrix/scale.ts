/** The part of an axis that is drawn, and how. */
export interface Span {
  low: number;
  high: number;
  log: boolean;
  reversed: boolean;
}

const forward = (value: number, log: boolean) => (log ? Math.log10(value) : value);
const backward = (value: number, log: boolean) => (log ? 10 ** value : value);

/** The place of a value on an axis, 0 at its start and 1 at its end; NaN where a logarithm has none. */
export function shareOf(value: number, { low, high, log, reversed }: Span): number {
  if (log && value <= 0) return Number.NaN;
  const [from, to] = [forward(low, log), forward(high, log)];
  const share = (forward(value, log) - from) / (to - from);
  return reversed ? 1 - share : share;
}

/** The value at a place of an axis. */
export function valueAt(share: number, { low, high, log, reversed }: Span): number {
  const [from, to] = [forward(low, log), forward(high, log)];
  return backward(from + (reversed ? 1 - share : share) * (to - from), log);
}

/** The step of 1, 2 or 5 times a power of ten that makes about `count` steps of a range. */
export function niceStep(range: number, count: number): number {
  if (!(range > 0) || !Number.isFinite(range)) return 1;
  const raw = range / Math.max(1, count);
  const power = 10 ** Math.floor(Math.log10(raw));
  const factor = raw / power;
  return (factor < 1.5 ? 1 : factor < 3.5 ? 2 : factor < 7.5 ? 5 : 10) * power;
}

/** A number without the noise of binary fractions. */
export function clean(value: number): number {
  return value === 0 ? 0 : Number(value.toPrecision(12));
}

/** Round values within a range, ascending, at most about `count` of them and never closer than `least`. */
export function linearTicks(low: number, high: number, count: number, least = 0): number[] {
  if (!(high > low)) return [];
  const step = Math.max(niceStep(high - low, count), least);
  const ticks: number[] = [];
  for (let at = Math.ceil(low / step - 1e-9); at * step <= high + step * 1e-9; at += 1)
    ticks.push(clean(at * step));
  return ticks;
}

/** Round values within a range of a logarithmic axis: powers of ten, with 2 and 5 times them where there is room. */
export function logTicks(low: number, high: number, count: number): number[] {
  if (!(low > 0) || !(high > low)) return [];
  const decades = Math.log10(high / low);
  // A range within one decade is read as a linear one.
  if (decades < 1) return linearTicks(low, high, count).filter((tick) => tick > 0);
  const factors = decades * 3 <= count ? [1, 2, 5] : decades * 2 <= count ? [1, 3] : [1];
  const stride = Math.max(1, Math.ceil(decades / Math.max(1, count)));
  const ticks: number[] = [];
  const first = Math.floor(Math.log10(low));
  for (let power = first; 10 ** power <= high * (1 + 1e-9); power += 1) {
    if ((power - first) % stride !== 0) continue;
    for (const factor of factors) {
      const tick = clean(factor * 10 ** power);
      if (tick >= low * (1 - 1e-9) && tick <= high * (1 + 1e-9)) ticks.push(tick);
    }
  }
  return ticks;
}

/** A range of values with round ends and some room, so that no bubble stands on the edge. */
export function niceRange(least: number, most: number, log: boolean): { low: number; high: number } {
  if (log) {
    if (!(most > 0)) return { low: 1, high: 100 };
    const from = least > 0 ? least : most;
    const [low, high] = [roundLog(from / 1.25, Math.floor), roundLog(most * 1.25, Math.ceil)];
    return high / low >= 10 ? { low, high } : { low: clean(low / 2), high: clean(high * 2) };
  }
  if (!(most > least)) {
    const room = Math.abs(least) > 0 ? Math.abs(least) / 2 : 1;
    return niceRange(least - room, most + room, log);
  }
  const range = most - least;
  // From zero when zero is not far: the eye compares lengths from there.
  const from = least >= 0 && least < range ? 0 : least - range * 0.06;
  const to = most <= 0 && -most < range ? 0 : most + range * 0.06;
  const step = niceStep(to - from, 8);
  // Half a step before zero keeps bubbles at zero off the edge.
  const low = from === 0 ? (least < range * 0.05 ? -step / 2 : 0) : Math.floor(from / step) * step;
  const high = to === 0 ? (most > -range * 0.05 ? step / 2 : 0) : Math.ceil(to / step) * step;
  return { low: clean(low), high: clean(high) };
}

/** The next of 1, 2, 5 times a power of ten, downwards or upwards. */
function roundLog(value: number, direction: (x: number) => number): number {
  const power = 10 ** Math.floor(Math.log10(value));
  const factor = value / power;
  const marks = [1, 2, 5, 10];
  const up = direction(0.5) === 1;
  const found = up
    ? marks.find((mark) => mark >= factor - 1e-9)
    : marks.findLast((mark) => mark <= factor + 1e-9);
  return clean((found ?? 1) * power);
}
