import { describe, expect, it } from 'vitest';
import type { FieldInfo } from '@/sync/types.ts';
import { axisOf, cellOf, snap, stepFrom, textOf, ticksOf } from './axis.ts';
import { givesNumber, readingOf } from './values.ts';

const field = (part: Partial<FieldInfo>): FieldInfo => ({
  ref: 'f1',
  id: 1,
  name: 'Impact',
  type: 'number',
  options: [],
  position: 1,
  ...part,
});
const rating = field({ type: 'rating' });
const select = field({
  type: 'select',
  name: 'Size',
  options: [
    { id: 7, name: 'Small', color: 'green', weight: 1 },
    { id: 8, name: 'Tiny', color: 'lime', weight: 1 },
    { id: 9, name: 'Large', color: 'red', weight: 8 },
    { id: 10, name: 'Unknown', color: 'gray' },
  ],
});
const numbers = { least: 1, most: 90, whole: true };

describe('what gives a number (MTX-4)', () => {
  it('knows which fields do', () => {
    expect(
      ['number', 'rating', 'slider', 'formula', 'checkbox', 'votes'].map((type) =>
        givesNumber(field({ type: type as never })),
      ),
    ).toEqual(Array(6).fill(true));
    expect(
      ['short_text', 'date', 'person', 'labels', 'interval'].map((type) =>
        givesNumber(field({ type: type as never })),
      ),
    ).toEqual(Array(5).fill(false));
    expect(givesNumber(select)).toBe(true);
    expect(givesNumber(field({ type: 'select', options: [{ id: 1, name: 'A', color: 'red' }] }))).toBe(false);
    expect(givesNumber(field({ ref: 'archived', type: 'checkbox' }))).toBe(false);
  });
  it('reads numbers, ranges, formulas, options, check boxes and counts', () => {
    expect(readingOf(4, rating)).toEqual({ value: 4 });
    expect(readingOf({ low: 3, likely: 5, high: 8 } as never, field({}))).toEqual({
      value: 5,
      low: 3,
      high: 8,
    });
    expect(readingOf({ low: 5, likely: 5, high: 5 } as never, field({}))).toEqual({ value: 5 });
    expect(readingOf({ value: 12, missing: ['f2'] }, field({ type: 'formula' }))).toEqual({ value: 12 });
    expect(readingOf({ value: null, error: 'divided by zero' }, field({ type: 'formula' }))).toBeUndefined();
    expect(readingOf(9, select)).toEqual({ value: 8 });
    expect(readingOf(10, select)).toBeUndefined();
    expect(readingOf([7, 9], { ...select, type: 'multi_select' })).toEqual({ value: 9 });
    expect(readingOf([10], { ...select, type: 'multi_select' })).toBeUndefined();
    expect([true, null].map((cell) => readingOf(cell, field({ type: 'checkbox' }))?.value)).toEqual([1, 0]);
    expect(readingOf(null, field({ ref: 'comments', id: undefined }))).toEqual({ value: 0 });
    expect(readingOf(null, field({}))).toBeUndefined();
    expect(readingOf(undefined, field({}))).toBeUndefined();
  });
});

describe('snapping (MTX-30 to MTX-35)', () => {
  it('keeps ratings to whole stars', () => {
    const axis = axisOf(rating, {}, undefined, 'editor');
    expect([0.2, 2.4, 2.6, 9].map((value) => snap(axis, value))).toEqual([1, 2, 3, 5]);
  });
  it('keeps sliders to their steps and bounds', () => {
    const axis = axisOf(
      field({ type: 'slider', number: { min: 5, max: 50, step: 15 } }),
      {},
      undefined,
      'editor',
    );
    expect([0, 11, 13, 49, 80].map((value) => snap(axis, value))).toEqual([5, 5, 20, 50, 50]);
  });
  it('keeps numbers to their decimals, and to whole ones where all are', () => {
    const whole = axisOf(field({}), {}, numbers, 'editor');
    expect(snap(whole, 12.4)).toBe(12);
    const tenths = axisOf(
      field({ number: { decimals: 1 } }),
      {},
      { least: 0, most: 2, whole: false },
      'editor',
    );
    expect(snap(tenths, 1.2345)).toBe(1.2);
    const free = axisOf(field({}), {}, { least: 0.1, most: 1.4, whole: false }, 'editor');
    expect(snap(free, 1.23456)).toBe(1.23);
    const large = axisOf(field({}), {}, { least: 10_000, most: 900_000, whole: true }, 'editor');
    expect(snap(large, 412_345) % 1000).toBe(0);
  });
  it('does not go below zero where nothing is', () => {
    expect(snap(axisOf(field({}), {}, numbers, 'editor'), -4)).toBe(0);
    expect(snap(axisOf(field({}), {}, { least: -10, most: 10, whole: true }, 'editor'), -4)).toBe(-4);
    expect(snap(axisOf(field({}), { log: true }, numbers, 'editor'), 0.0001)).toBeGreaterThan(0);
  });
  it('takes the nearest option, and keeps one of the same weight', () => {
    const axis = axisOf(select, {}, undefined, 'editor');
    expect(snap(axis, 3)).toBe(1);
    expect(cellOf(axis, 8, 7)).toBe(9);
    expect(cellOf(axis, 1, 9)).toBe(7);
    expect(cellOf(axis, 1, 8)).toBe(8);
    expect(textOf(axis, 1)).toBe('Small or Tiny');
    expect(ticksOf(axis, axis.span, 5).map((tick) => tick.label)).toEqual(['Small or Tiny', 'Large']);
  });
  it('writes check boxes as true and nothing', () => {
    const axis = axisOf(field({ type: 'checkbox' }), {}, undefined, 'editor');
    expect([cellOf(axis, snap(axis, 0.8), null), cellOf(axis, snap(axis, 0.2), true)]).toEqual([true, null]);
  });
  it('moves a range as a whole, within what the field allows', () => {
    const range = { low: 3, likely: 5, high: 8 } as never;
    expect(cellOf(axisOf(field({}), {}, numbers, 'editor'), 10, range)).toEqual({
      low: 8,
      likely: 10,
      high: 13,
    });
    expect(
      cellOf(axisOf(rating, {}, undefined, 'editor'), 4, { low: 2, likely: 3, high: 5 } as never),
    ).toEqual({ low: 3, likely: 4, high: 5 });
    const log = axisOf(field({}), { log: true }, numbers, 'editor');
    expect(cellOf(log, 10, range)).toEqual({ low: 6, likely: 10, high: 16 });
  });
  it('goes on by one possible value with each key', () => {
    const stars = axisOf(rating, {}, undefined, 'editor');
    expect([stepFrom(stars, 4, 1), stepFrom(stars, 5, 1), stepFrom(stars, 1, -1)]).toEqual([5, 5, 1]);
    const days = axisOf(field({}), {}, { least: 0, most: 40, whole: true }, 'editor');
    expect([stepFrom(days, 12, 1), stepFrom(days, 0, -1)]).toEqual([13, 0]);
  });
});

describe('ticks (MTX-11)', () => {
  it('are whole where values are, within the bounds, and short where large', () => {
    const days = axisOf(
      field({ number: { unit: 'days' } }),
      {},
      { least: 0, most: 3, whole: true },
      'editor',
    );
    expect(ticksOf(days, { low: -0.4, high: 3.4 }, 20).map((tick) => tick.label)).toEqual([
      '0',
      '1',
      '2',
      '3',
    ]);
    const euros = axisOf(
      field({ number: { style: 'currency', unit: 'EUR', decimals: 2 } }),
      {},
      numbers,
      'editor',
    );
    expect(ticksOf(euros, { low: 0, high: 40_000 }, 3).at(-1)?.label).toBe('€40K');
  });
});

describe('locks (MTX-36)', () => {
  it('says why a field cannot be moved along', () => {
    expect(axisOf(field({}), {}, numbers, 'editor').locked).toBeUndefined();
    expect(axisOf(field({ type: 'formula', readOnly: true }), {}, numbers, 'admin').locked).toMatch(/Impact/);
    expect(axisOf(field({}), {}, numbers, 'viewer').locked).toBeTruthy();
    expect(axisOf(field({}), {}, numbers, 'contributor').locked).toBeTruthy();
    expect(axisOf(field({ openToContributors: true }), {}, numbers, 'contributor').locked).toBeUndefined();
    expect(axisOf({ ...select, type: 'multi_select' }, {}, numbers, 'editor').locked).toMatch(
      /several options/,
    );
  });
});
