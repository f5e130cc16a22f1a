import type { OptionColor } from '@/lib/colors.ts';
import { type Cluster, cluster } from './cluster.ts';
import { fan, fanLimit, fanShift } from './fan.ts';
import { type Point, radii, radiusOf } from './points.ts';
import { toScreen, type Viewport } from './viewport.ts';

/** A point with its place on the screen. */
export interface Spot {
  point: Point;
  px: number;
  py: number;
}

/** Something on the plot that can be gone to: one idea, or several that are too close to tell apart. */
export interface Mark {
  key: string;
  px: number;
  py: number;
  r: number;
  points: readonly Point[];
  /** One of a pile that is fanned out. */
  petal?: true;
  /** The pile that is fanned out around it. */
  open?: true;
}

/** What is in sight. */
export interface Scene {
  marks: readonly Mark[];
  /** Every idea in sight, where it stands. */
  spots: readonly Spot[];
  /** There are too many to draw each as a bubble: marks stand for areas, ideas are dots. */
  dense: boolean;
  /** Ideas that are shown within a mark of several. */
  gathered: number;
  /** From the middle of an open pile to its petals. */
  legs: readonly { px: number; py: number; toX: number; toY: number }[];
}

/** The most marks at a time; beyond it areas are brought together. */
const mostMarks = 240;
/** Bubbles whose middles are closer than this are a pile, in px. */
const pileCell = 12;
const petalGap = 30;
const noMarks: readonly Mark[] = [];
const outside = 40;

/** What a scene depends on. */
export interface SceneOptions {
  view: Viewport;
  size: { width: number; height: number };
  sized: boolean;
  /** An idea of the pile that is fanned out. */
  fanned?: number;
}

/** Makes scenes one after the other. */
export interface SceneMaker {
  /**
   * The next scene. While the picture moves and there are too many ideas for bubbles, only the dots are brought up to
   * date: what stands for areas comes back when the picture rests.
   */
  next: (points: readonly Point[], options: SceneOptions & { moving: boolean }) => Scene;
}

function spotsOf(points: readonly Point[], view: Viewport, size: { width: number; height: number }): Spot[] {
  const spots: Spot[] = [];
  for (const point of points) {
    const { px, py } = toScreen(point, view, size);
    if (px < -outside || py < -outside || px > size.width + outside || py > size.height + outside) continue;
    spots.push({ point, px, py });
  }
  return spots;
}

const inSight = ({ px, py }: { px: number; py: number }, size: { width: number; height: number }) =>
  px >= 0 && py >= 0 && px <= size.width && py <= size.height;

/** The number in a pile stays to be read. */
const leastPile = 12;

/** The radius of a pile: its area grows with the number of ideas in it. */
export function pileRadius(count: number): number {
  return Math.min(32, 8 + 2 * Math.sqrt(count));
}

/** How much smaller bubbles are on a small plot, such as a phone's. */
export function shrink({ width, height }: { width: number; height: number }): number {
  return Math.min(1, Math.max(0.6, Math.min(width, height) / 600));
}

interface Look {
  dense: boolean;
  sized: boolean;
  scale: number;
}

function markOf({ members, px, py, reach }: Cluster<Spot>, { dense, sized, scale }: Look): Mark | undefined {
  const [first] = members;
  if (!first) return undefined;
  const points = members.map((member) => member.point);
  const single = points.length === 1;
  const r = dense
    ? Math.max(radii.dot + 2, reach + radii.dot + 2)
    : single
      ? Math.max(radii.least, radiusOf(first.point, sized) * scale)
      : Math.max(leastPile, pileRadius(points.length) * scale);
  return { key: `${single ? 'i' : 'p'}${first.point.row.id}`, px, py, r, points };
}

/** Brings what is in sight into marks. */
export function sceneOf(points: readonly Point[], { view, size, sized, fanned }: SceneOptions): Scene {
  const spots = spotsOf(points, view, size);
  const origin = toScreen({ u: 0, v: 0 }, view, size);
  const { clusters, cell } = cluster(spots, { cell: pileCell, most: mostMarks, origin });
  const dense = cell > pileCell;
  const look: Look = { dense, sized, scale: shrink(size) };
  const marks: Mark[] = [];
  const legs: { px: number; py: number; toX: number; toY: number }[] = [];
  let gathered = 0;
  for (const each of clusters) {
    const mark = markOf(each, look);
    if (!mark || !inSight(mark, size)) continue;
    const count = mark.points.length;
    if (count > 1) gathered += count;
    const opened = fanned !== undefined && count > 1 && mark.points.some(({ row }) => row.id === fanned);
    if (!opened || count > fanLimit) {
      marks.push(mark);
      continue;
    }
    marks.push({ ...mark, open: true });
    const petals = fan(count, petalGap);
    const shift = fanShift(mark, petals, { ...size, room: 16 });
    for (const [at, point] of mark.points.entries()) {
      const { dx, dy } = petals[at] ?? { dx: 0, dy: 0 };
      const [px, py] = [mark.px + dx + shift.dx, mark.py + dy + shift.dy];
      legs.push({ px: mark.px, py: mark.py, toX: px, toY: py });
      const r = Math.min(12, radiusOf(point, sized));
      marks.push({ key: `f${point.row.id}`, px, py, r, points: [point], petal: true });
    }
  }
  return { marks, spots, dense, gathered, legs };
}

/** Makes a scene maker; each plot has its own. */
export function sceneMaker(): SceneMaker {
  let last: Scene | undefined;
  return {
    next: (points, { moving, ...options }) => {
      if (moving && last?.dense && options.fanned === undefined)
        last = { ...last, marks: noMarks, legs: [], spots: spotsOf(points, options.view, options.size) };
      else last = sceneOf(points, options);
      return last;
    },
  };
}

/** The mark that holds an idea; of an open pile the petal. */
export function markOfIdea(marks: readonly Mark[], idea: number): Mark | undefined {
  const holds = (mark: Mark) => mark.points.some(({ row }) => row.id === idea);
  return marks.find((mark) => mark.points.length === 1 && holds(mark)) ?? marks.find(holds);
}

/** The nearest idea within reach of a place, among dots. */
export function spotAt(
  spots: readonly Spot[],
  place: { px: number; py: number },
  within: number,
): Spot | undefined {
  let best: { spot: Spot; distance: number } | undefined;
  for (const spot of spots) {
    const distance = Math.hypot(spot.px - place.px, spot.py - place.py);
    if (distance <= within && (!best || distance < best.distance)) best = { spot, distance };
  }
  return best?.spot;
}

/** How often each colour occurs among points, the most frequent first; undefined counts as none. */
export function colorShares(points: readonly Point[]): { color?: OptionColor; count: number }[] {
  const counts = new Map<OptionColor | undefined, number>();
  for (const { color } of points) counts.set(color, (counts.get(color) ?? 0) + 1);
  return [...counts]
    .sort(([, a], [, b]) => b - a)
    .map(([color, count]) => ({ ...(color ? { color } : {}), count }));
}

/**
 * The marks whose number is shown: those of many ideas, the largest first, none over another; `room` is the width and
 * height that a number takes in px.
 */
export function countedMarks(marks: readonly Mark[], least: number, room: { width: number; height: number }) {
  const shown: Mark[] = [];
  const many = marks.filter((mark) => mark.points.length >= least);
  for (const mark of many.sort((a, b) => b.points.length - a.points.length)) {
    const taken = shown.some(
      (other) => Math.abs(other.px - mark.px) < room.width && Math.abs(other.py - mark.py) < room.height,
    );
    if (!taken) shown.push(mark);
  }
  return new Set(shown.map((mark) => mark.key));
}
