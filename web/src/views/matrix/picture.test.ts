import { describe, expect, it } from 'vitest';
import { cluster } from './cluster.ts';
import { drawDots, maskOf } from './dots.ts';
import { barBox, errorBarsOf } from './error-bars.ts';
import { fan, fanShift } from './fan.ts';
import { labelBox, placeLabels } from './labels.ts';
import { inside } from './lasso.ts';
import { nearest, readingOrder } from './nav.ts';
import { clampViewport, fitting, toPlot, toScreen, wholePlot, zoomAt } from './viewport.ts';

const origin = { px: 0, py: 0 };
const size = { width: 400, height: 300 };

describe('piles (MTX-20 to MTX-22)', () => {
  it('brings together what is close, also across the edge of a cell', () => {
    const things = [
      { px: 11.5, py: 5 },
      { px: 12.5, py: 5 },
      { px: 60, py: 5 },
    ];
    const { clusters, cell } = cluster(things, { cell: 12, most: 100, origin });
    expect(cell).toBe(12);
    expect(clusters.map((each) => each.members.length).sort()).toEqual([1, 2]);
  });
  it('never makes more than there may be, and loses nobody', () => {
    const things = Array.from({ length: 5000 }, (_, at) => ({
      px: (at * 7919) % 900,
      py: (at * 104_729) % 600,
    }));
    const { clusters, cell } = cluster(things, { cell: 12, most: 240, origin });
    expect(clusters.length).toBeLessThanOrEqual(240);
    expect(cell).toBeGreaterThan(12);
    expect(clusters.reduce((sum, each) => sum + each.members.length, 0)).toBe(5000);
  });
  it('is the same after the picture was moved', () => {
    const things = Array.from({ length: 300 }, (_, at) => ({ px: (at * 37) % 390, py: (at * 53) % 290 }));
    const moved = things.map(({ px, py }) => ({ px: px + 3.5, py: py - 8.25 }));
    const sizes = (list: typeof things, from: typeof origin) =>
      cluster(list, { cell: 12, most: 100, origin: from }).clusters.map((each) => each.members.length);
    expect(sizes(moved, { px: 3.5, py: -8.25 })).toEqual(sizes(things, origin));
  });
  it('fans out without overlaps, the first at the top', () => {
    for (const count of [2, 3, 7, 12, 24]) {
      const petals = fan(count, 30);
      expect(petals).toHaveLength(count);
      for (const [at, a] of petals.entries())
        for (const b of petals.slice(at + 1))
          expect(Math.hypot(a.dx - b.dx, a.dy - b.dy)).toBeGreaterThan(29.9);
      expect(petals[0]?.dx).toBeCloseTo(0);
      expect(petals[0]?.dy).toBeLessThan(0);
    }
    expect(fan(1, 30)).toEqual([{ dx: 0, dy: 0 }]);
  });
  it('keeps a fan within the plot', () => {
    const petals = fan(8, 30);
    const corner = { px: 2, py: 298 };
    const shift = fanShift(corner, petals, { ...size, room: 16 });
    for (const { dx, dy } of petals) {
      expect(corner.px + dx + shift.dx).toBeGreaterThanOrEqual(15.9);
      expect(corner.py + dy + shift.dy).toBeLessThanOrEqual(284.1);
    }
  });
});

const whole = { low: 0, high: 1, log: false, reversed: false };

/** A mark of one idea in the middle of the plot. */
function marked(x: { low?: number; high?: number }, y: { low?: number; high?: number }) {
  const row = { id: 1, number: 1, version: 1, archived: false, values: {} };
  const point = { row, x: { value: 0.5, ...x }, y: { value: 0.5, ...y }, u: 0.5, v: 0.5 };
  return { points: [point] };
}

describe('labels (MTX-23)', () => {
  const bubble = (key: string, px: number, py: number, priority = 1) => ({
    key,
    px,
    py,
    r: 8,
    width: 80,
    priority,
  });
  it('prefers the right, else finds another side, else leaves out', () => {
    expect(placeLabels([bubble('a', 50, 50)], size).get('a')).toBe('right');
    expect(placeLabels([bubble('a', 390, 50)], size).get('a')).toBe('left');
    const crowd = Array.from({ length: 30 }, (_, at) =>
      bubble(`b${at}`, 200 + (at % 6) * 12, 150 + Math.floor(at / 6) * 12),
    );
    const placed = placeLabels(crowd, size);
    expect(placed.size).toBeLessThan(30);
    expect(placed.size).toBeGreaterThan(0);
  });
  it('covers no bubble and no other label', () => {
    const crowd = Array.from({ length: 60 }, (_, at) =>
      bubble(`b${at}`, (at * 61) % 380, (at * 97) % 280, at % 7),
    );
    const placed = placeLabels(crowd, size);
    const boxes = [...placed].map(([key, side]) => {
      const own = crowd.find((each) => each.key === key);
      if (!own) throw new Error(key);
      return labelBox(own, side);
    });
    const meet = (a: (typeof boxes)[0], b: (typeof boxes)[0]) =>
      a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
    for (const [at, box] of boxes.entries()) {
      for (const other of boxes.slice(at + 1)) expect(meet(box, other)).toBe(false);
      for (const { px, py, r } of crowd)
        expect(meet(box, { left: px - r, right: px + r, top: py - r, bottom: py + r })).toBe(false);
    }
  });
  it('keeps off error bars, at a corner where they cross', () => {
    const bars = errorBarsOf([marked({ low: 0.2, high: 0.8 }, { low: 0.3, high: 0.7 })], {
      axes: { x: { span: whole }, y: { span: whole } },
      view: wholePlot,
      size,
    });
    expect(bars.map(({ along }) => along)).toEqual(['x', 'y']);
    expect(bars[0]).toMatchObject({ from: { px: 80, py: 150 }, to: { px: 320, py: 150 } });
    const own = bubble('a', 200, 150);
    const across = placeLabels([own], { ...size, obstacles: bars.slice(0, 1).map(barBox) });
    expect(across.get('a')).toBe('above');
    const crossed = placeLabels([own], { ...size, obstacles: bars.map(barBox) });
    expect(crossed.get('a')).toBe('above-right');
    const box = labelBox(own, 'above-right');
    for (const bar of bars.map(barBox))
      expect(box.left >= bar.right || box.bottom <= bar.top || box.top >= bar.bottom).toBe(true);
    const everywhere = [{ left: -1e6, right: 1e6, top: -1e6, bottom: 1e6 }];
    expect(placeLabels([own], { ...size, obstacles: everywhere }).size).toBe(0);
  });
  it('draws no error bars for piles and what is fanned out of them (MTX-24)', () => {
    const one = marked({ low: 0.2, high: 0.8 }, {});
    const options = { axes: { x: { span: whole }, y: { span: whole } }, view: wholePlot, size };
    expect(errorBarsOf([one], options)).toHaveLength(1);
    expect(errorBarsOf([{ points: [...one.points, ...one.points] }], options)).toEqual([]);
    expect(errorBarsOf([{ ...one, petal: true }], options)).toEqual([]);
  });
  it('places the more important first', () => {
    const two = [bubble('low', 300, 100, 1), bubble('high', 300, 100, 5)];
    expect(placeLabels(two, { width: 400, height: 110 }).has('high')).toBe(true);
  });
});

describe('going by arrow keys (MTX-50, MTX-51)', () => {
  const target = (key: string, px: number, py: number) => ({ key, px, py });
  it('goes to what is nearest straight ahead', () => {
    const from = target('from', 100, 100);
    const targets = [from, target('ahead', 160, 105), target('aside', 130, 160), target('behind', 40, 100)];
    expect(nearest(targets, from, 'right')?.key).toBe('ahead');
    expect(nearest(targets, from, 'left')?.key).toBe('behind');
    expect(nearest(targets, from, 'down')?.key).toBe('aside');
    expect(nearest(targets, from, 'up')).toBeUndefined();
  });
  it('reaches every mark from every other', () => {
    const targets = Array.from({ length: 60 }, (_, at) =>
      target(`t${at}`, (at * 151) % 997, (at * 373) % 601),
    );
    const [first] = targets;
    if (!first) throw new Error('no targets');
    const seen = new Set([first]);
    const queue = [first];
    for (let now = queue.shift(); now; now = queue.shift())
      for (const direction of ['left', 'right', 'up', 'down'] as const) {
        const next = nearest(targets, now, direction);
        if (next && !seen.has(next)) {
          seen.add(next);
          queue.push(next);
        }
      }
    expect(seen.size).toBe(60);
  });
  it('reads from the top, each line from the left', () => {
    const targets = [target('c', 10, 200), target('b', 90, 12), target('a', 10, 10)];
    expect(readingOrder(targets).map(({ key }) => key)).toEqual(['a', 'b', 'c']);
  });
});

describe('lasso and zoom (MTX-40, MTX-41)', () => {
  it('holds what lies within its line', () => {
    const line = [
      { px: 0, py: 0 },
      { px: 100, py: 0 },
      { px: 100, py: 100 },
      { px: 50, py: 20 },
      { px: 0, py: 100 },
    ];
    expect(inside(line, { px: 10, py: 50 })).toBe(true);
    expect(inside(line, { px: 50, py: 60 })).toBe(false);
    expect(inside(line, { px: 150, py: 50 })).toBe(false);
    expect(inside(line.slice(0, 2), { px: 50, py: 0 })).toBe(false);
  });
  it('keeps what is under the pointer in its place', () => {
    const view = zoomAt(wholePlot, 4, { s: 0.3, t: 0.8 });
    expect(view.zoom).toBe(4);
    const { px, py } = toScreen({ u: 0.3, v: 0.8 }, view, size);
    expect([px, py]).toEqual([expect.closeTo(120), expect.closeTo(60)]);
    expect(toPlot({ px, py }, view, size)).toEqual({ u: expect.closeTo(0.3), v: expect.closeTo(0.8) });
  });
  it('never leaves the plot and goes back to all of it', () => {
    expect(clampViewport({ u: 2, v: -1, zoom: 2 })).toEqual({ u: 0.5, v: 0, zoom: 2 });
    expect(zoomAt(zoomAt(wholePlot, 8, { s: 0.9, t: 0.1 }), 1 / 100, { s: 0, t: 0 })).toEqual(wholePlot);
  });
  it('shows all of some places', () => {
    const view = fitting([
      { u: 0.4, v: 0.4 },
      { u: 0.5, v: 0.45 },
    ]);
    expect(view.zoom).toBeGreaterThan(5);
    expect(view.u).toBeLessThan(0.4);
    expect(view.u + 1 / view.zoom).toBeGreaterThan(0.5);
  });
});

describe('dots (MTX-22)', () => {
  it('are drawn within the picture, more opaque where several lie', () => {
    const picture = { pixels: new Uint32Array(100), width: 10, height: 10 };
    const paint = { ratio: 1, mask: maskOf(1, 0.5), pixels: () => 0x0000ff };
    const dot = { px: 5, py: 5, chosen: false };
    drawDots(picture, [dot], paint);
    const once = (picture.pixels[55] ?? 0) >>> 24;
    drawDots(picture, [dot, { px: 0, py: 9, chosen: false }, { px: -40, py: 50, chosen: false }], paint);
    const twice = (picture.pixels[55] ?? 0) >>> 24;
    expect(once).toBeGreaterThan(100);
    expect(twice).toBeGreaterThan(once);
    expect((picture.pixels[55] ?? 0) & 0xffffff).toBe(0xff);
    expect((picture.pixels[90] ?? 0) >>> 24).toBeGreaterThan(0);
    expect(picture.pixels[9]).toBe(0);
  });
});
