/** A place beside the middle of a fan, in px. */
export interface Petal {
  dx: number;
  dy: number;
}

/** The most ideas that are fanned out; more are shown as a list. */
export const fanLimit = 24;

/**
 * Places around a pile, none closer to another than `gap`: one circle, and further ones outside where it is full. The
 * first is at the top, the others follow clockwise.
 */
export function fan(count: number, gap: number): Petal[] {
  if (count <= 1) return Array.from({ length: count }, () => ({ dx: 0, dy: 0 }));
  const petals: Petal[] = [];
  for (let ring = 1; petals.length < count; ring += 1) {
    const least = gap * (ring + 0.6);
    // Neighbours on a circle are 2·r·sin(π/n) apart.
    const room = Math.floor(Math.PI / Math.asin(Math.min(1, gap / 2 / least)));
    const here = Math.min(count - petals.length, room);
    const radius = ring === 1 && here < 6 ? gap : least;
    for (let at = 0; at < here; at += 1) {
      const angle = (at / here) * 2 * Math.PI - Math.PI / 2;
      petals.push({ dx: Math.cos(angle) * radius, dy: Math.sin(angle) * radius });
    }
  }
  return petals;
}

/** How far a fan must move so that it lies within the plot. */
export function fanShift(
  middle: { px: number; py: number },
  petals: readonly Petal[],
  size: { width: number; height: number; room: number },
): Petal {
  const reach = (pick: (petal: Petal) => number) => petals.map(pick);
  const xs = reach(({ dx }) => middle.px + dx);
  const ys = reach(({ dy }) => middle.py + dy);
  const inside = (least: number, most: number, end: number) =>
    least < size.room ? size.room - least : most > end - size.room ? end - size.room - most : 0;
  return {
    dx: inside(Math.min(...xs), Math.max(...xs), size.width),
    dy: inside(Math.min(...ys), Math.max(...ys), size.height),
  };
}
