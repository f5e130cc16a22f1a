import type { OptionColor } from '@/lib/colors.ts';
import type { CellValue, FieldInfo, IdeaRow, Ref, Role } from '@/sync/types.ts';
import { type Axis, axisOf, type Extent } from './axis.ts';
import type { MatrixPlan } from './definition.ts';
import { shareOf } from './scale.ts';
import { type Reading, readingOf } from './values.ts';

/** An idea that has a place on the plot. */
export interface Point {
  row: IdeaRow;
  x: Reading;
  y: Reading;
  /** Its place on the whole plot: 0…1 from the left and from the bottom. */
  u: number;
  v: number;
  /** How large it is among the others, 0…1; undefined where sizes are all alike or it has none. */
  weight?: number;
  color?: OptionColor;
}

/** Why an idea has no place: which values it lacks, or that a logarithm has none for it. */
export interface Missing {
  row: IdeaRow;
  x: boolean;
  y: boolean;
}

/** All ideas of a result, placed. */
export interface Plotted {
  x: Axis;
  y: Axis;
  points: readonly Point[];
  /** The points by the id of their idea. */
  byId: ReadonlyMap<number, Point>;
  missing: readonly Missing[];
  /** How many of the missing have a value that a logarithmic axis cannot show. */
  clipped: number;
  /** The largest value of the size field, undefined where there is none. */
  largest?: number;
}

/** The value of an idea's field as it is shown: with what was just set here. */
export type ValueOf = (row: IdeaRow, ref: Ref) => CellValue;

/** Gives the colour of an idea. */
export type ColorOf = (row: IdeaRow) => OptionColor | undefined;

function extentOf(readings: Iterable<Reading | undefined>, log: boolean): Extent | undefined {
  let extent: Extent | undefined;
  for (const reading of readings) {
    if (!reading || (log && reading.value <= 0)) continue;
    const low = log && (reading.low ?? 1) <= 0 ? reading.value : (reading.low ?? reading.value);
    const high = reading.high ?? reading.value;
    extent ??= { least: low, most: high, whole: true };
    extent.least = Math.min(extent.least, low);
    extent.most = Math.max(extent.most, high);
    extent.whole &&= Number.isInteger(reading.value);
  }
  return extent;
}

/** What plotting needs beside the rows. */
export interface PlotOptions {
  plan: MatrixPlan & { x: FieldInfo; y: FieldInfo };
  role: Role;
  shown: ValueOf;
  colorOf: ColorOf;
}

/** Places ideas on the plot; an idea that stands in the rows twice is placed once. */
export function plot(rows: Iterable<IdeaRow>, { plan, role, shown, colorOf }: PlotOptions): Plotted {
  const { layout } = plan;
  const known = new Map<number, { row: IdeaRow; x?: Reading; y?: Reading }>();
  for (const row of rows) {
    // Rows that were asked for before the axes changed do not hold the values yet.
    if (!(plan.x.ref in row.values) || !(plan.y.ref in row.values)) continue;
    const x = readingOf(shown(row, plan.x.ref), plan.x);
    const y = readingOf(shown(row, plan.y.ref), plan.y);
    known.set(row.id, { row, x, y });
  }
  const all = [...known.values()];
  const [logX, logY] = [layout.x?.log ?? false, layout.y?.log ?? false];
  const x = axisOf(
    plan.x,
    layout.x ?? {},
    extentOf(
      all.map((each) => each.x),
      logX,
    ),
    role,
  );
  const y = axisOf(
    plan.y,
    layout.y ?? {},
    extentOf(
      all.map((each) => each.y),
      logY,
    ),
    role,
  );
  const sizes = plan.size ? sizesOf(all, plan.size, shown) : undefined;
  const points: Point[] = [];
  const missing: Missing[] = [];
  let clipped = 0;
  for (const each of all) {
    const fitsX = each.x !== undefined && !(logX && each.x.value <= 0);
    const fitsY = each.y !== undefined && !(logY && each.y.value <= 0);
    if (!each.x || !each.y || !fitsX || !fitsY) {
      if ((each.x && !fitsX) || (each.y && !fitsY)) clipped += 1;
      missing.push({ row: each.row, x: !fitsX, y: !fitsY });
      continue;
    }
    const weight = sizes?.weight(each.row);
    const color = colorOf(each.row);
    points.push({
      row: each.row,
      x: each.x,
      y: each.y,
      // Beyond a fixed end it stands at the edge.
      u: Math.min(1, Math.max(0, shareOf(each.x.value, x.span))),
      v: Math.min(1, Math.max(0, shareOf(each.y.value, y.span))),
      ...(weight === undefined ? {} : { weight }),
      ...(color === undefined ? {} : { color }),
    });
  }
  const byId = new Map(points.map((point) => [point.row.id, point]));
  return { x, y, points, byId, missing, clipped, ...(sizes ? { largest: sizes.largest } : {}) };
}

function sizesOf(all: readonly { row: IdeaRow }[], field: FieldInfo, shown: ValueOf) {
  const values = new Map<number, number>();
  let largest = 0;
  for (const { row } of all) {
    const value = readingOf(shown(row, field.ref), field)?.value;
    if (value === undefined) continue;
    values.set(row.id, value);
    largest = Math.max(largest, value);
  }
  return {
    largest,
    weight: (row: IdeaRow) => {
      const value = values.get(row.id);
      return value === undefined || largest <= 0 ? undefined : Math.max(0, value) / largest;
    },
  };
}

/** The radii of bubbles in px. */
export const radii = { plain: 9, least: 5, most: 26, dot: 3 };

/** The radius of a bubble: its area is in proportion to its value. */
export function radiusOf(point: Pick<Point, 'weight'>, sized: boolean): number {
  if (!sized) return radii.plain;
  if (point.weight === undefined) return radii.least;
  return Math.max(radii.least, radii.most * Math.sqrt(point.weight));
}
