/** A bubble that would like a label beside it. */
export interface Labelled {
  key: string;
  px: number;
  py: number;
  r: number;
  /** The width of its label in px. */
  width: number;
  /** Higher ones are placed first. */
  priority: number;
}

/** Where a label stands beside its bubble. */
export type LabelSide = 'right' | 'left' | 'above' | 'below';

interface Box {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

const sides: readonly LabelSide[] = ['right', 'left', 'above', 'below'];
/** Of a label, and between bubble and label, in px. */
export const labelHeight = 16;
const gap = 3;

/** The rectangle of a label at a side of its bubble. */
export function labelBox({ px, py, r, width }: Omit<Labelled, 'key' | 'priority'>, side: LabelSide): Box {
  const half = labelHeight / 2;
  switch (side) {
    case 'right':
      return { left: px + r + gap, right: px + r + gap + width, top: py - half, bottom: py + half };
    case 'left':
      return { left: px - r - gap - width, right: px - r - gap, top: py - half, bottom: py + half };
    case 'above':
      return {
        left: px - width / 2,
        right: px + width / 2,
        top: py - r - gap - labelHeight,
        bottom: py - r - gap,
      };
    default:
      return {
        left: px - width / 2,
        right: px + width / 2,
        top: py + r + gap,
        bottom: py + r + gap + labelHeight,
      };
  }
}

const meet = (a: Box, b: Box) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

/** An index of rectangles by the cells they lie in, so that only neighbours are compared. */
function boxIndex(cell: number) {
  const cells = new Map<string, Box[]>();
  const around = (box: Box, visit: (key: string) => void) => {
    for (let x = Math.floor(box.left / cell); x <= Math.floor(box.right / cell); x += 1)
      for (let y = Math.floor(box.top / cell); y <= Math.floor(box.bottom / cell); y += 1) visit(`${x},${y}`);
  };
  return {
    add: (box: Box) =>
      around(box, (key) => {
        const own = cells.get(key);
        if (own) own.push(box);
        else cells.set(key, [box]);
      }),
    free: (box: Box) => {
      let free = true;
      around(box, (key) => {
        free &&= !(cells.get(key) ?? []).some((other) => meet(box, other));
      });
      return free;
    },
  };
}

/**
 * Chooses a side for each label so that it covers no bubble and no other label, and lies within the plot; labels
 * without such a side are left out. Of two that compete, the one with the higher priority is placed.
 */
export function placeLabels(
  bubbles: readonly Labelled[],
  size: { width: number; height: number },
): Map<string, LabelSide> {
  const index = boxIndex(64);
  for (const { px, py, r } of bubbles)
    index.add({ left: px - r, right: px + r, top: py - r, bottom: py + r });
  const placed = new Map<string, LabelSide>();
  const order = [...bubbles].sort((a, b) => b.priority - a.priority);
  for (const bubble of order) {
    if (bubble.width <= 0) continue;
    const side = sides.find((each) => {
      const box = labelBox(bubble, each);
      const inside = box.left >= 0 && box.right <= size.width && box.top >= 0 && box.bottom <= size.height;
      return inside && index.free(box);
    });
    if (!side) continue;
    index.add(labelBox(bubble, side));
    placed.set(bubble.key, side);
  }
  return placed;
}
