/** A direction on the screen. */
export type Direction = 'left' | 'right' | 'up' | 'down';

/** Something that can be gone to. */
export interface Target {
  key: string;
  px: number;
  py: number;
}

const vectors: Record<Direction, readonly [number, number]> = {
  left: [-1, 0],
  right: [1, 0],
  up: [0, -1],
  down: [0, 1],
};

/** What an arrow key means on the screen. */
export function directionOf(key: string): Direction | undefined {
  switch (key) {
    case 'ArrowLeft':
      return 'left';
    case 'ArrowRight':
      return 'right';
    case 'ArrowUp':
      return 'up';
    case 'ArrowDown':
      return 'down';
    default:
      return undefined;
  }
}

/**
 * The nearest target in a direction: what lies straight ahead counts as nearer than what lies aside. Where nothing
 * lies within 45° the whole half plane counts, so that every target can be reached.
 */
export function nearest<T extends Target>(
  targets: readonly T[],
  from: Target,
  direction: Direction,
): T | undefined {
  const [x, y] = vectors[direction];
  let best: { target: T; cost: number } | undefined;
  for (const target of targets) {
    if (target.key === from.key) continue;
    const [dx, dy] = [target.px - from.px, target.py - from.py];
    const along = dx * x + dy * y;
    const aside = Math.abs(dx * y) + Math.abs(dy * x);
    if (along <= 0) continue;
    const cost = along + aside * (aside > along ? 4 : 2) + (aside > along ? 1e4 : 0);
    if (!best || cost < best.cost) best = { target, cost };
  }
  return best?.target;
}

/** Targets as they are read: line after line from the top, each from the left. */
export function readingOrder<T extends Target>(targets: readonly T[]): T[] {
  const line = (target: Target) => Math.round(target.py / 24);
  return [...targets].sort((a, b) => line(a) - line(b) || a.px - b.px || (a.key < b.key ? -1 : 1));
}
