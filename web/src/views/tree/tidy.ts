import type { Direction } from './definition.ts';
import type { TreeModel } from './model.ts';

/** The size of a card and the room between cards, in px. */
export interface Measure {
  width: number;
  height: number;
  /** Between siblings. */
  gap: number;
  /** Between a parent and its children. */
  levelGap: number;
}

/** Where a card stands: its left upper corner. */
export interface Place {
  x: number;
  y: number;
}

/** A drawn tree. */
export interface Drawing {
  /** By node, undefined for nodes that are not seen. */
  places: ReadonlyMap<number, Place>;
  /** The seen nodes of each level, along the level. */
  levels: readonly (readonly number[])[];
  width: number;
  height: number;
  measure: Measure;
  direction: Direction;
}

/** The outline of a subtree: its first and last place at each depth below its root. */
interface Contour {
  first: number[];
  last: number[];
}

/** Moves a contour and lays it over another one. */
function merge(into: Contour, other: Contour, shift: number): void {
  for (let depth = 0; depth < other.first.length; depth += 1) {
    const [from, to] = [(other.first[depth] ?? 0) + shift, (other.last[depth] ?? 0) + shift];
    if (depth >= into.first.length) {
      into.first.push(from);
      into.last.push(to);
    } else into.last[depth] = to;
  }
}

/** How far a contour must move so that it comes to stand behind another one. */
function apart(before: Contour, after: Contour): number {
  let shift = 0;
  const common = Math.min(before.last.length, after.first.length);
  for (let depth = 0; depth < common; depth += 1)
    shift = Math.max(shift, (before.last[depth] ?? 0) + 1 - (after.first[depth] ?? 0));
  return shift;
}

/**
 * Places nodes along their levels, in units of one card: siblings keep their order, a parent stands in the middle of
 * its children, no two nodes of a level are closer than one, and subtrees are as close as they can be.
 */
export function tidy(model: TreeModel, seen: readonly number[]): Map<number, number> {
  const shown = new Set(seen);
  const offset = new Map<number, number>(); // to the parent
  const contours = new Map<number, Contour>();
  const arrange = (children: readonly number[]): { contour: Contour; middle: number } => {
    const contour: Contour = { first: [], last: [] };
    const shifts: number[] = [];
    for (const child of children) {
      const own = contours.get(child) ?? { first: [0], last: [0] };
      const shift = apart(contour, own);
      merge(contour, own, shift);
      shifts.push(shift);
      contours.delete(child);
    }
    const middle = ((shifts[0] ?? 0) + (shifts.at(-1) ?? 0)) / 2;
    children.forEach((child, n) => {
      offset.set(child, (shifts[n] ?? 0) - middle);
    });
    return { contour, middle };
  };
  // Children stand behind their parents in the order, so from the end they come first.
  for (const index of seen.toReversed()) {
    const children = (model.nodes[index]?.children ?? []).filter((child) => shown.has(child));
    if (children.length === 0) {
      contours.set(index, { first: [0], last: [0] });
      continue;
    }
    const { contour, middle } = arrange(children);
    contours.set(index, {
      first: [0, ...contour.first.map((at) => at - middle)],
      last: [0, ...contour.last.map((at) => at - middle)],
    });
  }
  const { contour, middle } = arrange(model.roots);
  const start = contour.first.length > 0 ? Math.min(...contour.first) : 0;
  const places = new Map<number, number>();
  for (const index of seen) {
    const parent = model.nodes[index]?.parent ?? -1;
    const from = parent < 0 ? middle - start : (places.get(parent) ?? 0);
    places.set(index, from + (offset.get(index) ?? 0));
  }
  return places;
}

/** Draws the seen nodes of a tree in a direction. */
export function draw(
  model: TreeModel,
  seen: readonly number[],
  measure: Measure,
  direction: Direction,
): Drawing {
  const along = tidy(model, seen);
  const upright = direction === 'down' || direction === 'up';
  const step = (upright ? measure.width : measure.height) + measure.gap;
  const level = (upright ? measure.height : measure.width) + measure.levelGap;
  const levels: number[][] = [];
  let most = 0;
  for (const index of seen) {
    const depth = model.nodes[index]?.depth ?? 0;
    while (levels.length <= depth) levels.push([]);
    levels[depth]?.push(index);
    most = Math.max(most, along.get(index) ?? 0);
  }
  const turned = direction === 'left' || direction === 'up';
  const places = new Map<number, Place>();
  for (const index of seen) {
    const depth = model.nodes[index]?.depth ?? 0;
    const across = (turned ? levels.length - 1 - depth : depth) * level;
    const at = (along.get(index) ?? 0) * step;
    places.set(index, upright ? { x: at, y: across } : { x: across, y: at });
  }
  const length = seen.length === 0 ? 0 : most * step + step - measure.gap;
  const breadth = levels.length === 0 ? 0 : levels.length * level - measure.levelGap;
  return {
    places,
    levels,
    width: upright ? length : breadth,
    height: upright ? breadth : length,
    measure,
    direction,
  };
}

/** A part of a drawing, in px. */
export interface Box {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

/** The nodes of a drawing that a part shows; on each level one more at either end, whose lines may cross it. */
export function within(drawing: Drawing, box: Box): { nodes: number[]; lines: number[] } {
  const { places, measure, direction } = drawing;
  const upright = direction === 'down' || direction === 'up';
  const [low, high] = upright
    ? [box.left - measure.width, box.right]
    : [box.top - measure.height, box.bottom];
  const along = (index: number | undefined) => {
    const place = index === undefined ? undefined : places.get(index);
    return place ? (upright ? place.x : place.y) : Number.POSITIVE_INFINITY;
  };
  const nodes: number[] = [];
  const lines: number[] = [];
  for (const level of drawing.levels) {
    let [from, to] = [0, level.length];
    while (from < to) {
      const middle = (from + to) >> 1;
      if (along(level[middle]) < low) from = middle + 1;
      else to = middle;
    }
    const across = places.get(level[0] ?? -1);
    if (!across) continue;
    const near = upright
      ? across.y + measure.height >= box.top && across.y <= box.bottom
      : across.x + measure.width >= box.left && across.x <= box.right;
    const reach = measure.levelGap + (upright ? measure.height : measure.width);
    const close = upright
      ? across.y + measure.height + reach >= box.top && across.y - reach <= box.bottom
      : across.x + measure.width + reach >= box.left && across.x - reach <= box.right;
    let end = from;
    while (end < level.length && along(level[end]) <= high) end += 1;
    if (near) nodes.push(...level.slice(from, end));
    if (close) lines.push(...level.slice(Math.max(0, from - 1), end + 1));
  }
  return { nodes, lines };
}

/** The line from a parent to a child, as an SVG path. */
export function linkPath(drawing: Drawing, parent: number, child: number): string {
  const [a, b] = [drawing.places.get(parent), drawing.places.get(child)];
  if (!a || !b) return '';
  const { width, height, levelGap } = drawing.measure;
  const half = levelGap / 2;
  switch (drawing.direction) {
    case 'right':
      return `M${a.x + width} ${a.y + height / 2}h${half}V${b.y + height / 2}h${half}`;
    case 'left':
      return `M${a.x} ${a.y + height / 2}h${-half}V${b.y + height / 2}h${-half}`;
    case 'down':
      return `M${a.x + width / 2} ${a.y + height}v${half}H${b.x + width / 2}v${half}`;
    default:
      return `M${a.x + width / 2} ${a.y}v${-half}H${b.x + width / 2}v${-half}`;
  }
}
