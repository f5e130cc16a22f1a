import { describe, expect, it } from 'vitest';
import type { CellValue, FieldInfo, IdeaRow } from '@/sync/types.ts';
import { axisOf } from './axis.ts';
import { type Carried, carryBy, carryStep, carryTo, writesOf } from './carry.ts';
import { planOf, refsOf } from './definition.ts';
import { countedMarks, sceneMaker, sceneOf, shrink } from './marks.ts';
import { plot } from './points.ts';
import { quadrantName, swapped } from './quadrant-names.ts';
import { dividersOf, middleOf, quadrantOf, snapDivider, stepDivider } from './quadrants.ts';
import { wholePlot } from './viewport.ts';

const info = (ref: string, name: string, part: Partial<FieldInfo> = {}): FieldInfo => ({
  ref,
  id: Number(ref.slice(1)),
  name,
  type: 'number',
  options: [],
  position: 1,
  ...part,
});
const impact = info('f1', 'Impact', { type: 'rating' });
const effort = info('f2', 'Effort');
const score = info('f3', 'Score', { type: 'formula', readOnly: true });
const team = info('f4', 'Team', { type: 'select', options: [{ id: 1, name: 'A', color: 'red' }] });
const fields = [impact, effort, score, team];
const row = (id: number, values: Record<string, CellValue>): IdeaRow => ({
  id,
  number: id,
  version: 1,
  archived: false,
  values: { title: `Idea ${id}`, f1: null, f2: null, ...values },
});
const shown = (each: IdeaRow, ref: string) => each.values[ref] ?? null;
const colorOf = () => undefined;
const plotted = (rows: IdeaRow[], layout = {}) =>
  plot(rows, {
    plan: { layout, x: effort, y: impact },
    role: 'editor',
    shown,
    colorOf,
  });
const axes = {
  x: axisOf(effort, {}, { least: 0, most: 20, whole: true }, 'editor'),
  y: axisOf(impact, {}, undefined, 'editor'),
};
const held = (x: number, y: number): Carried => ({
  row: row(1, { f1: y, f2: x }),
  x,
  y,
  from: {
    x,
    y,
    u: (x - axes.x.span.low) / (axes.x.span.high - axes.x.span.low),
    v: (y - axes.y.span.low) / (axes.y.span.high - axes.y.span.low),
  },
});

describe('the definition (MTX-5 to MTX-7)', () => {
  it('puts effort across and impact upwards where nobody chose', () => {
    const plan = planOf({ query: {} }, fields);
    expect([plan.x?.name, plan.y?.name]).toEqual(['Effort', 'Impact']);
    expect(planOf({ query: {} }, [team])).toMatchObject({ x: undefined, y: undefined });
  });
  it('keeps what was chosen and leaves out what gives no number', () => {
    const layout = { matrix: { x: { field: 'f3' }, y: { field: 'f4' }, size: 'f2', color: 'f4' } };
    const plan = planOf({ query: {}, layout }, fields);
    expect([plan.x?.name, plan.y?.name, plan.size?.name, plan.color?.name]).toEqual([
      'Score',
      'Impact',
      'Effort',
      'Team',
    ]);
    expect(refsOf({ name: '', kind: 'matrix', position: 1, query: {}, layout }, fields)).toEqual([
      'f3',
      'f1',
      'f2',
      'f4',
    ]);
  });
  it('colours by the group where no other colour is chosen', () => {
    expect(planOf({ query: { group: [{ field: 'f4' }] } }, fields).color?.name).toBe('Team');
  });
  it('keeps what a quadrant says of its ideas when the axes are swapped (MTX-16)', () => {
    const once = swapped({ x: { field: 'f2' }, y: { field: 'f1' }, quadrants: { x: 10, lowHigh: 'Now' } });
    expect(once.x?.field).toBe('f1');
    expect(once.quadrants?.y).toBe(10);
    expect(once.quadrants?.x).toBeUndefined();
    expect(quadrantName(once.quadrants, 'highLow')).toBe('Now');
    expect(quadrantName(once.quadrants, 'lowHigh')).toBe('Money pits');
    const twice = swapped(once);
    expect(twice.quadrants).toMatchObject({ x: 10, lowHigh: 'Now', highLow: 'Money pits' });
  });
});

describe('quadrants (MTX-14, MTX-15)', () => {
  it('have the usual names for effort across and impact upwards', () => {
    const at = { x: 10, y: 3 };
    const name = (x: number, y: number) => quadrantName(undefined, quadrantOf({ x, y }, at));
    expect([name(2, 5), name(15, 5), name(2, 1), name(15, 1)]).toEqual([
      'Quick wins',
      'Big bets',
      'Fill-ins',
      'Money pits',
    ]);
    expect(name(10, 3)).toBe('Big bets');
  });
  it('are divided in the middle, between two stops', () => {
    expect(middleOf(axes.y)).toBe(2.5);
    expect(dividersOf(undefined, axes.x, axes.y).y).toBe(2.5);
    expect(dividersOf({ x: 7 }, axes.x, axes.y).x).toBe(7);
    const log = axisOf(effort, { log: true }, { least: 1, most: 90, whole: true }, 'editor');
    expect(dividersOf({ x: -1 }, log, axes.y).x).toBeGreaterThan(0);
  });
  it('move by drag and by key, between stops', () => {
    expect(snapDivider(axes.y, 0.9)).toBe(4.5);
    expect(snapDivider(axes.y, -3)).toBe(1.5);
    expect([stepDivider(axes.y, 2.5, 1), stepDivider(axes.y, 4.5, 1), stepDivider(axes.y, 2.5, -1)]).toEqual([
      3.5, 4.5, 1.5,
    ]);
    expect(stepDivider(axes.x, 10, 1)).toBe(11);
  });
});

describe('places (MTX-8, MTX-9, MTX-12)', () => {
  it('gives a place to ideas with both values and tells what the others lack', () => {
    const { points, missing, clipped } = plotted([
      row(1, { f1: 4, f2: 10 }),
      row(2, { f1: 4 }),
      row(3, {}),
      row(1, { f1: 4, f2: 10 }),
    ]);
    expect(points.map((point) => point.row.id)).toEqual([1]);
    expect(missing.map(({ row: each, x, y }) => [each.id, x, y])).toEqual([
      [2, true, false],
      [3, true, true],
    ]);
    expect(clipped).toBe(0);
  });
  it('has no place for zero on a logarithmic axis, and says so', () => {
    const { points, clipped } = plotted([row(1, { f1: 1, f2: 0 }), row(2, { f1: 1, f2: 3 })], {
      x: { log: true },
    });
    expect(points.map((point) => point.row.id)).toEqual([2]);
    expect(clipped).toBe(1);
  });
  it('skips rows that do not hold the values yet', () => {
    const old: IdeaRow = { ...row(1, {}), values: { title: 'Old' } };
    expect(plotted([old])).toMatchObject({ points: [], missing: [] });
  });
});

describe('moving (MTX-30, MTX-37)', () => {
  it('changes both values by the distance, and nothing when it comes back', () => {
    const [moved] = carryBy([held(10, 3)], { du: 0.2, dv: 0.2 }, axes, 1);
    expect([moved?.x, moved?.y]).toEqual([expect.any(Number), 4]);
    expect(moved?.x).toBeGreaterThan(10);
    expect(Number.isInteger(moved?.x)).toBe(true);
    expect(carryBy([held(10, 3)], { du: 0, dv: 0 }, axes, 1)).toEqual([held(10, 3)]);
    expect(writesOf([held(10, 3)], axes, shown)).toEqual([]);
  });
  it('writes both values, or only the one that may be written', () => {
    const item = { ...held(10, 3), x: 12, y: 5 };
    expect(writesOf([item], axes, shown)).toEqual([
      { id: 1, ref: 'f2', value: 12 },
      { id: 1, ref: 'f1', value: 5 },
    ]);
    const locked = { ...axes, x: { ...axes.x, locked: 'computed' } };
    expect(writesOf(carryBy([held(10, 3)], { du: 0.4, dv: 0.4 }, locked, 1), locked, shown)).toEqual([
      { id: 1, ref: 'f1', value: 5 },
    ]);
  });
  it('gives ideas of the tray both values at the place', () => {
    const [put] = carryTo([{ row: row(9, {}), x: 0, y: 1 }], { u: 0.5, v: 0.9 }, axes, 1);
    expect(writesOf(put ? [put] : [], axes, shown).map((write) => write.ref)).toEqual(['f2', 'f1']);
  });
  it('steps where the arrow points, also on a reversed axis', () => {
    expect(carryStep([held(10, 3)], 'y', 1, axes)[0]?.y).toBe(4);
    const turned = { ...axes, y: { ...axes.y, span: { ...axes.y.span, reversed: true } } };
    expect(carryStep([held(10, 3)], 'y', 1, turned)[0]?.y).toBe(2);
  });
});

describe('what is drawn (MTX-20 to MTX-22)', () => {
  const size = { width: 800, height: 600 };
  it('shows ideas at one place as a pile, which fans out', () => {
    const { points } = plotted(
      [1, 2, 3].map((id) => row(id, { f1: 4, f2: 10 })).concat(row(4, { f1: 1, f2: 2 })),
    );
    const closed = sceneOf(points, { view: wholePlot, size, sized: false });
    expect(closed.marks.map((mark) => mark.points.length).sort()).toEqual([1, 3]);
    expect(closed.gathered).toBe(3);
    const open = sceneOf(points, { view: wholePlot, size, sized: false, fanned: 2 });
    expect(open.marks.filter((mark) => mark.petal)).toHaveLength(3);
    expect(open.legs).toHaveLength(3);
  });
  it('shows numbers of the largest areas first, none over another, and smaller bubbles on a phone', () => {
    const many = Array.from({ length: 10_000 }, (_, id) =>
      row(id + 1, { f1: (id % 5) + 1, f2: (id * 7919) % 5000 }),
    );
    const { marks } = sceneOf(plotted(many).points, { view: wholePlot, size, sized: false });
    const room = { width: 36, height: 20 };
    const keys = countedMarks(marks, 20, room);
    const shownMarks = marks.filter((mark) => keys.has(mark.key));
    expect(shownMarks.length).toBeGreaterThan(5);
    const largest = Math.max(...marks.map((mark) => mark.points.length));
    expect(shownMarks.some((mark) => mark.points.length === largest)).toBe(true);
    for (const [at, a] of shownMarks.entries())
      for (const b of shownMarks.slice(at + 1))
        expect(Math.abs(a.px - b.px) >= room.width || Math.abs(a.py - b.py) >= room.height).toBe(true);
    expect([shrink(size), shrink({ width: 320, height: 370 })]).toEqual([1, 0.6]);
  });
  it('keeps to a few hundred marks with thousands of ideas, which all stay in it', () => {
    const many = Array.from({ length: 10_000 }, (_, id) =>
      row(id + 1, { f1: (id % 5) + 1, f2: (id * 7919) % 5000 }),
    );
    const { points } = plotted(many);
    const scene = sceneOf(points, { view: wholePlot, size, sized: false });
    expect(scene.dense).toBe(true);
    expect(scene.marks.length).toBeLessThanOrEqual(240);
    expect(scene.marks.reduce((sum, mark) => sum + mark.points.length, 0)).toBe(10_000);
    const maker = sceneMaker();
    maker.next(points, { view: wholePlot, size, sized: false, moving: false });
    const moving = maker.next(points, {
      view: { u: 0.1, v: 0.1, zoom: 2 },
      size,
      sized: false,
      moving: true,
    });
    expect(moving.marks).toEqual([]);
    expect(moving.spots.length).toBeGreaterThan(0);
  });
});
