/** A corner of the line that was drawn, in px. */
export interface Corner {
  px: number;
  py: number;
}

/** Whether a place lies within the line, by the number of times a ray from it crosses the line. */
export function inside(corners: readonly Corner[], { px, py }: Corner): boolean {
  let within = false;
  let before = corners.at(-1);
  if (!before || corners.length < 3) return false;
  for (const corner of corners) {
    const crosses =
      corner.py > py !== before.py > py &&
      px < ((before.px - corner.px) * (py - corner.py)) / (before.py - corner.py) + corner.px;
    if (crosses) within = !within;
    before = corner;
  }
  return within;
}

/** The line with another corner, unless it is hardly away from the last. */
export function drawn(corners: readonly Corner[], next: Corner, least = 4): readonly Corner[] {
  const last = corners.at(-1);
  if (last && Math.hypot(next.px - last.px, next.py - last.py) < least) return corners;
  return [...corners, next];
}

/** The line as the data of an SVG path. */
export function pathOf(corners: readonly Corner[]): string {
  return corners.length === 0 ? '' : `M${corners.map(({ px, py }) => `${px} ${py}`).join('L')}Z`;
}
