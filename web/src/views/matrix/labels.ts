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
export type LabelSide =
  | 'right'
  | 'left'
  | 'above'
  | 'below'
  | 'above-right'
  | 'above-left'
  | 'below-right'
  | 'below-left';

/** A rectangle of the plot, in px. */
export interface Box {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

const sides: readonly LabelSide[] = [
  'right',
  'left',
  'above',
  'below',
  'above-right',
  'below-right',
  'above-left',
  'below-left',
];
/** Of a label, and between bubble and label, in px. */
export const labelHeight = 16;
const gap = 3;

/** Beside the middle of the bubble, for labels at its corners: there, error bars go up and down. */
const corner = 5;

/** The rectangle of a label at a side of its bubble. */
export function labelBox({ px, py, r, width }: Omit<Labelled, 'key' | 'priority'>, side: LabelSide): Box {
  const half = labelHeight / 2;
  if (side === 'right' || side === 'left') {
    const left = side === 'right' ? px + r + gap : px - r - gap - width;
    return { left, right: left + width, top: py - half, bottom: py + half };
  }
  const top = side.startsWith('above') ? py - r - gap - labelHeight : py + r + gap;
  const left = side.endsWith('right')
    ? px + corner
    : side.endsWith('left')
      ? px - corner - width
      : px - width / 2;
  return { left, right: left + width, top, bottom: top + labelHeight };
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

/** What the names of the quadrants take up in the corners of a plot, about. */
export function cornersOf({ width, height }: { width: number; height: number }): Box[] {
  const [wide, high] = [Math.min(132, width / 2), 28];
  return [0, width - wide].flatMap((left) =>
    [0, height - high].map((top) => ({ left, top, right: left + wide, bottom: top + high })),
  );
}

/** What labels must keep within, and off. */
export interface LabelRoom {
  width: number;
  height: number;
  /** What is drawn besides bubbles, such as error bars. */
  obstacles?: readonly Box[];
}

/**
 * Chooses a side for each label so that it covers no bubble, no obstacle and no other label, and lies within the plot;
 * labels without such a side are left out. Of two that compete, the one with the higher priority is placed.
 */
export function placeLabels(bubbles: readonly Labelled[], size: LabelRoom): Map<string, LabelSide> {
  const index = boxIndex(64);
  for (const box of size.obstacles ?? []) {
    // What lies outside takes no room within, however far it goes.
    const inside = {
      left: Math.max(0, box.left),
      top: Math.max(0, box.top),
      right: Math.min(size.width, box.right),
      bottom: Math.min(size.height, box.bottom),
    };
    if (inside.left < inside.right && inside.top < inside.bottom) index.add(inside);
  }
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
