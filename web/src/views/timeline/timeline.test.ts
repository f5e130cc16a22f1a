import { describe, expect, it } from 'vitest';
import { addDays, type Precision, precisions } from '@/lib/days.ts';
import type { CellValue, FieldInfo, IdeaRow, ViewGroup } from '@/sync/types.ts';
import { arrowPath, isBroken } from './Arrows.tsx';
import { type Entry, inSight, layOut, pack, pathAt } from './lanes.ts';
import { datesOf } from './layout.ts';
import { capacitiesOf, loadsOf, sumsOf, withCapacity } from './load.ts';
import { readPlace, writePlace } from './place.ts';
import { partsOf, perDayOf, zoomOf, zooms } from './scale.ts';
import {
  beginAt,
  endPulled,
  moved,
  placed,
  type Span,
  spanOf,
  startPulled,
  stepped,
  valuesOf,
  widen,
} from './spans.ts';
import {
  addUnits,
  dayFrom,
  dayNumber,
  dayText,
  nearestEdge,
  ticks,
  type Unit,
  unitEnd,
  unitStart,
  unitsBetween,
} from './time.ts';
import { movesOf } from './use-baseline.ts';

const span = (start: string, end: string, precision: Precision = 'day'): Span => ({
  start: dayNumber(start),
  end: dayNumber(end),
  precision,
});
const show = ({ start, end, precision }: Span) => `${dayText(start)} ${dayText(end)} ${precision}`;

/** Numbers that are the same each time. */
function randoms(): (most: number) => number {
  let state = 11;
  return (most) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * most);
  };
}

describe('days as numbers', () => {
  it('count as the calendar does, over leap years and centuries', () => {
    let day = '1999-12-25';
    for (let n = dayNumber(day); n < dayNumber('1999-12-25') + 800; n += 1) {
      expect(dayNumber(day)).toBe(n);
      expect(dayText(n)).toBe(day);
      day = addDays(day, 1);
    }
    expect(dayText(dayNumber('0001-01-01'))).toBe('0001-01-01');
    expect(dayNumber('1970-01-01')).toBe(0);
    expect(dayFrom(2026, 13, 1)).toBe(dayNumber('2027-01-01'));
    expect(dayFrom(2027, 0, 1)).toBe(dayNumber('2026-12-01'));
  });

  it('lie in units whose edges fit together', () => {
    const next = randoms();
    for (const unit of ['week', ...precisions] as Unit[]) {
      for (let at = 0; at < 200; at += 1) {
        const day = next(40_000) - 10_000;
        const start = unitStart(day, unit);
        expect(start).toBeLessThanOrEqual(day);
        expect(unitEnd(day, unit)).toBeGreaterThanOrEqual(day);
        expect(unitStart(unitEnd(day, unit) + 1, unit)).toBe(unitEnd(day, unit) + 1);
        const count = next(60) - 30;
        expect(unitsBetween(day, addUnits(day, count, unit), unit)).toBe(count);
        expect([start, unitEnd(day, unit) + 1]).toContain(nearestEdge(day + 0.3, unit));
      }
    }
  });

  it('are told on an axis without holes', () => {
    for (const zoom of zooms) {
      expect(zoomOf(perDayOf[zoom])).toBe(zoom);
      const { major, minor } = partsOf(perDayOf[zoom]);
      for (const unit of [major, minor]) {
        const found = ticks(dayNumber('2026-11-20'), dayNumber('2027-08-03'), unit, perDayOf[zoom]);
        for (const [at, tick] of found.slice(1).entries()) expect(tick.from).toBe(found[at]?.to);
        expect(found[0]?.from).toBeLessThanOrEqual(dayNumber('2026-11-20'));
        expect(found.at(-1)?.to).toBeGreaterThan(dayNumber('2027-08-03'));
      }
    }
  });
});

const field = (ref: string, type: FieldInfo['type']): FieldInfo => ({
  ref,
  type,
  name: ref,
  options: [],
  position: 0,
});
const [begin, due, target, goal] = [
  field('f1', 'date'),
  field('f2', 'date'),
  field('f3', 'interval'),
  field('f4', 'interval'),
];
const of = (values: Record<string, CellValue>) => (ref: string) => values[ref] ?? null;
const q1 = { start: '2027-01-01', end: '2027-03-31', precision: 'quarter' } as const;
const q2 = { start: '2027-04-01', end: '2027-06-30', precision: 'quarter' } as const;

describe('when an idea happens', () => {
  it('is what one or two fields say (TLN-3)', () => {
    const cases: [Record<string, CellValue>, FieldInfo, FieldInfo | undefined, string | undefined][] = [
      [{ f3: q1 }, target, undefined, '2027-01-01 2027-03-31 quarter'],
      [{ f1: '2027-01-05' }, begin, undefined, '2027-01-05 2027-01-05 day'],
      [{}, begin, due, undefined],
      [{ f1: '2027-01-05', f2: '2027-02-05' }, begin, due, '2027-01-05 2027-02-05 day'],
      [{ f1: '2027-02-05', f2: '2027-01-05' }, begin, due, '2027-01-05 2027-02-05 day'],
      [{ f2: '2027-02-05' }, begin, due, '2027-02-05 2027-02-05 day'],
      [{ f1: '2027-01-05', f3: q2 }, begin, target, '2027-01-05 2027-06-30 day'],
      [
        { f3: q1, f4: { start: '2027-05-01', end: '2027-05-31', precision: 'month' } },
        target,
        goal,
        '2027-01-01 2027-06-30 quarter',
      ],
    ];
    for (const [values, start, end, want] of cases) {
      const found = spanOf(of(values), { start, ...(end && { end }) });
      expect(found && show(found)).toBe(want);
    }
  });

  it('is written back into the same fields (TLN-4)', () => {
    expect(valuesOf(of({ f3: q1 }), { start: target }, span('2027-04-01', '2027-06-30', 'quarter'))).toEqual([
      { ref: 'f3', value: q2 },
    ]);
    expect(valuesOf(of({}), { start: begin }, span('2027-04-01', '2027-06-30'))).toEqual([
      { ref: 'f1', value: '2027-04-01' },
    ]);
    expect(
      valuesOf(
        of({ f1: '2027-01-01', f2: '2027-01-09' }),
        { start: begin, end: due },
        span('2027-02-01', '2027-02-09'),
      ),
    ).toEqual([
      { ref: 'f1', value: '2027-02-01' },
      { ref: 'f2', value: '2027-02-09' },
    ]);
    // A mark on one day of two stays one.
    expect(
      valuesOf(of({ f2: '2027-01-09' }), { start: begin, end: due }, span('2027-02-01', '2027-02-01')),
    ).toEqual([{ ref: 'f2', value: '2027-02-01' }]);
    expect(
      valuesOf(
        of({ f1: '2027-01-05', f3: q1 }),
        { start: begin, end: target },
        span('2027-02-01', '2027-06-30'),
      ),
    ).toEqual([
      { ref: 'f1', value: '2027-02-01' },
      { ref: 'f3', value: q2 },
    ]);
  });

  it('comes from the first interval field where none is chosen (TLN-2)', () => {
    const all = [begin, target, goal];
    const find = (ref: string) => all.find((each) => each.ref === ref);
    expect(datesOf({}, find, all)?.start.ref).toBe('f3');
    expect(datesOf({}, find, [begin])?.start.ref).toBe('f1');
    expect(datesOf({}, find, [field('f9', 'number')])).toBeUndefined();
    expect(datesOf({ start: 'f1', end: 'f4' }, find, all)).toEqual({ start: begin, end: goal });
    // A chosen field that is gone, or no date any more, is passed over.
    expect(datesOf({ start: 'f8', end: 'f4' }, find, all)?.start.ref).toBe('f3');
  });
});

describe('a bar that is dragged', () => {
  const quarter = span('2027-01-01', '2027-06-30', 'quarter');
  const days = span('2027-01-11', '2027-01-20');
  it('moves by the coarser of its precision and the zoom (TLN-20, TLN-21)', () => {
    // A quarter stays a quarter however closely one looks.
    expect(show(moved(quarter, dayNumber('2027-02-20'), { snap: 'day' }))).toBe(
      '2027-04-01 2027-09-30 quarter',
    );
    expect(show(moved(quarter, dayNumber('2027-02-10'), { snap: 'day' }))).toBe(
      '2027-01-01 2027-06-30 quarter',
    );
    // An exact bar lands on the zoom's edge and lasts as many days.
    expect(show(moved(days, dayNumber('2027-02-27'), { snap: 'month' }))).toBe('2027-03-01 2027-03-10 day');
    expect(show(moved(days, dayNumber('2027-01-14'), { snap: 'day' }))).toBe('2027-01-14 2027-01-23 day');
  });

  it('is exact to the day only when the person says so (TLN-22)', () => {
    expect(show(moved(quarter, dayNumber('2027-01-12'), { snap: 'month', exact: true }))).toBe(
      '2027-01-12 2027-07-11 day',
    );
    expect(show(endPulled(quarter, dayNumber('2027-05-20'), { snap: 'month', exact: true }))).toBe(
      '2027-01-01 2027-05-19 day',
    );
    for (const reckoning of [{ snap: 'day' }, { snap: 'month' }] as const)
      expect(moved(quarter, dayNumber('2027-09-09'), reckoning).precision).toBe('quarter');
  });

  it('keeps at least one unit when an end is pulled (TLN-23)', () => {
    expect(show(endPulled(quarter, dayNumber('2020-01-01'), { snap: 'day' }))).toBe(
      '2027-01-01 2027-03-31 quarter',
    );
    expect(show(startPulled(quarter, dayNumber('2030-01-01'), { snap: 'day' }))).toBe(
      '2027-04-01 2027-06-30 quarter',
    );
    expect(show(endPulled(quarter, dayNumber('2027-09-20'), { snap: 'day' }))).toBe(
      '2027-01-01 2027-09-30 quarter',
    );
    expect(show(endPulled(days, dayNumber('2020-01-01'), { snap: 'day' }))).toBe('2027-01-11 2027-01-11 day');
  });

  it('moves by keys in the same steps (TLN-24)', () => {
    expect(show(stepped(quarter, 1, 'move', 'month'))).toBe('2027-04-01 2027-09-30 quarter');
    expect(show(stepped(quarter, -1, 'end', 'month'))).toBe('2027-01-01 2027-03-31 quarter');
    expect(show(stepped(quarter, 1, 'start', 'month'))).toBe('2027-04-01 2027-06-30 quarter');
    expect(show(stepped(days, 1, 'move', 'day'))).toBe('2027-01-12 2027-01-21 day');
    // Between the edges, a step back goes to the edge before.
    expect(show(stepped(days, -1, 'move', 'month'))).toBe('2027-01-01 2027-01-10 day');
    expect(show(stepped(days, 1, 'move', 'month'))).toBe('2027-02-01 2027-02-10 day');
    expect(show(stepped(days, 1, 'end', 'month'))).toBe('2027-01-11 2027-01-31 day');
  });

  it('lasts as many of its units wherever it goes (TLN-20)', () => {
    const next = randoms();
    for (const precision of precisions) {
      for (let at = 0; at < 200; at += 1) {
        const start = 18_000 + next(3000);
        const before = widen({ start, end: start + next(300), precision }, precision);
        const after = moved(before, 18_000 + next(3000), {
          snap: (['day', 'week', 'month', 'quarter'] as const)[next(4)] ?? 'day',
        });
        expect(after.precision).toBe(precision);
        expect(after).toEqual(widen(after, precision));
        expect(unitsBetween(after.start, after.end, precision)).toBe(
          unitsBetween(before.start, before.end, precision),
        );
        expect(beginAt(after, after.start)).toEqual(after);
      }
    }
  });

  it('gets the unit that one looks at when it comes from the tray (TLN-31)', () => {
    const day = dayNumber('2027-05-20') + 0.7;
    expect(show(placed(day, 'quarter'))).toBe('2027-04-01 2027-06-30 quarter');
    expect(show(placed(day, 'year'))).toBe('2027-01-01 2027-12-31 year');
    const week = placed(day, 'week');
    expect([week.precision, week.end - week.start]).toEqual(['day', 6]);
  });
});

const rowOf = (id: number): IdeaRow => ({ id, number: id, version: 1, archived: false, values: {} });
const entry = (position: number, start: number, end: number): Entry => ({
  position,
  row: rowOf(position + 1),
  span: { start, end, precision: 'day' },
  path: '',
});

describe('lanes', () => {
  it('are packed without two bars touching, and in no more lines than overlap (TLN-11)', () => {
    const next = randoms();
    const entries = Array.from({ length: 300 }, (_, at) => {
      const start = next(1000);
      return entry(at, start, start + next(60));
    });
    const room = () => 20;
    const lines = pack(entries, room);
    const endOf = (each: Entry) => Math.max(each.span.end + 1, each.span.start + room());
    for (const line of lines)
      for (const [at, each] of line.slice(1).entries())
        expect(each.span.start).toBeGreaterThanOrEqual(endOf(line[at] as Entry));
    expect(lines.flat()).toHaveLength(300);
    let most = 0;
    for (let day = 0; day < 1100; day += 1)
      most = Math.max(most, entries.filter((each) => each.span.start <= day && endOf(each) > day).length);
    expect(lines).toHaveLength(most);
  });

  const groups: ViewGroup[] = [
    {
      key: 1,
      label: 'A',
      offset: 0,
      length: 3,
      count: 3,
      groups: [
        { key: true, label: 'Yes', offset: 0, length: 1, count: 1 },
        { key: null, label: '', offset: 1, length: 2, count: 2 },
      ],
    },
    {
      key: null,
      label: '',
      offset: 3,
      length: 2,
      count: 2,
      groups: [{ key: true, label: 'Yes', offset: 3, length: 2, count: 2 }],
    },
  ];
  const lay = (collapsed: string[], each = false) =>
    layOut({
      entries: [0, 1, 2, 4].map((at) => entry(at, 10 * at, 10 * at + 5)),
      groups,
      length: 5,
      collapsed: new Set(collapsed),
      each,
      roomOf: () => 0,
      rowHeight: 30,
      headingHeight: 20,
    });

  it('have a heading per group and swimlane, and every bar its line (TLN-12)', () => {
    const lanes = lay([]);
    expect(lanes.headings.map(({ path, top, depth }) => `${path} ${depth} ${top}`)).toEqual([
      '1 0 0',
      '1/true 1 20',
      '1/null 1 70',
      'null 0 120',
      'null/true 1 140',
    ]);
    expect(
      lanes.lines.map(({ top, entries }) => `${top}: ${entries.map(({ position }) => position)}`),
    ).toEqual(['40: 0', '90: 1,2', '160: 4']);
    expect(lanes.height).toBe(190);
    expect(lay([], true).lines).toHaveLength(4);
    expect(lay(['1']).headings.map(({ path }) => path)).toEqual(['1', 'null', 'null/true']);
    expect(lay(['1']).lines.map(({ entries }) => entries.map(({ position }) => position))).toEqual([[4]]);
    expect(lay(['1']).headings[0]?.entries).toHaveLength(3);
    expect([10, 45, 95, 165].map((y) => pathAt(lanes, y))).toEqual(['1', '1/true', '1/null', 'null/true']);
  });

  it('show only what reaches into sight (TLN-80)', () => {
    const line = lay([]).lines[1];
    expect(line && inSight(line, 14, 16, 0).map(({ position }) => position)).toEqual([1]);
    expect(line && inSight(line, 16, 19, 0)).toEqual([]);
    expect(line && inSight(line, 16, 19, 12).map(({ position }) => position)).toEqual([1]);
  });
});

describe('sums per period', () => {
  it('spread an amount over the days of its bar (TLN-50)', () => {
    const sums = sumsOf([{ span: span('2027-03-22', '2027-04-10'), amount: 20 }], 'quarter');
    expect([...sums].map(([from, amount]) => [dayText(from), amount])).toEqual([
      ['2027-01-01', 10],
      ['2027-04-01', 10],
    ]);
    const next = randoms();
    const work = Array.from({ length: 100 }, () => {
      const start = 20_000 + next(900);
      return { span: { start, end: start + next(400), precision: 'day' as const }, amount: next(90) };
    });
    const total = work.reduce((sum, { amount }) => sum + amount, 0);
    for (const unit of ['month', 'quarter', 'half', 'year'] as const)
      expect([...sumsOf(work, unit).values()].reduce((sum, amount) => sum + amount, 0)).toBeCloseTo(total, 6);
  });

  it('are held against the capacity of the period, else of all (TLN-51, TLN-52)', () => {
    const sums = sumsOf([{ span: span('2027-01-01', '2027-06-30'), amount: 181 }], 'quarter');
    const load = { field: 'f1', capacity: 91, periods: [{ from: '2027-01-01', capacity: 80 }] };
    const found = loadsOf(sums, load, { from: dayNumber('2027-02-01'), to: dayNumber('2027-07-01') });
    expect(
      found.map(({ from, amount, capacity, over }) => [dayText(from), Math.round(amount), capacity, over]),
    ).toEqual([
      ['2027-01-01', 90, 80, true],
      ['2027-04-01', 91, 91, false],
      ['2027-07-01', 0, 91, false],
    ]);
    expect(loadsOf(sums, { field: 'f1' }, { from: 20_819, to: 20_820 })[0]).toMatchObject({
      over: false,
      capacity: undefined,
    });
  });
});

describe('arrows', () => {
  it('are broken when the target starts too early, as exactly as it is meant (TLN-45)', () => {
    const from = span('2027-01-01', '2027-02-10');
    const fs = { type: 'finish_start' as const };
    expect(isBroken(fs, from, span('2027-02-11', '2027-02-20'))).toBe(false);
    expect(isBroken(fs, from, span('2027-02-10', '2027-02-20'))).toBe(true);
    expect(isBroken({ ...fs, lag: 5 }, from, span('2027-02-15', '2027-02-20'))).toBe(true);
    expect(isBroken(fs, from, span('2027-01-01', '2027-03-31', 'quarter'))).toBe(false);
    expect(isBroken({ type: 'start_start' }, from, span('2027-01-01', '2027-01-02'))).toBe(false);
  });

  it('end where they shall, whichever way they go', () => {
    for (const [x2, y2] of [
      [100, 50],
      [-50, 90],
      [5, -40],
      [0, 200],
      [300, 0],
    ] as const)
      expect(arrowPath([0, 0], [x2, y2])).toMatch(new RegExp(`H${x2}$`));
  });
});

describe('capacities of periods (TLN-51)', () => {
  const load = { field: 'f1', capacity: 90, periods: [{ from: '2026-01-01', capacity: 40 }] };
  it('offers the next periods and those that have one', () => {
    const offered = capacitiesOf(load, dayNumber('2027-02-11'));
    expect(offered).toHaveLength(9);
    expect(offered.slice(0, 3)).toEqual([
      { from: '2026-01-01', capacity: 40 },
      { from: '2027-01-01' },
      { from: '2027-04-01' },
    ]);
    const halves = capacitiesOf({ field: 'f1', unit: 'half' }, dayNumber('2027-02-11'));
    expect(halves.map(({ from }) => from)).toEqual(['2027-01-01', '2027-07-01', '2028-01-01', '2028-07-01']);
  });
  it('gives a period its own, in order, and takes it away', () => {
    const more = withCapacity(withCapacity(load, '2027-04-01', 60), '2027-01-01', 0);
    expect(more.periods).toEqual([
      { from: '2026-01-01', capacity: 40 },
      { from: '2027-01-01', capacity: 0 },
      { from: '2027-04-01', capacity: 60 },
    ]);
    expect(withCapacity(more, '2027-01-01', undefined).periods).toHaveLength(2);
    expect(withCapacity(more, '2027-04-01', 70).periods?.at(-1)).toEqual({
      from: '2027-04-01',
      capacity: 70,
    });
  });
});

describe('the place where one looked (TLN-81)', () => {
  it('is remembered by the tab, as long as the view keeps its zoom', () => {
    writePlace('a', { zoom: 'quarters', perDay: 3.5, day: 20_700.25 });
    expect(readPlace('a', 'quarters')).toEqual({ zoom: 'quarters', perDay: 3.5, day: 20_700.25 });
    expect(readPlace('a', 'years')).toBeUndefined();
    expect(readPlace('b', 'quarters')).toBeUndefined();
    sessionStorage.setItem('b', '{"zoom":"quarters","perDay":null,"day":1}');
    expect(readPlace('b', 'quarters')).toBeUndefined();
    sessionStorage.setItem('b', 'nonsense');
    expect(readPlace('b', 'quarters')).toBeUndefined();
  });
});

describe('what became of ideas since an earlier day (TLN-61)', () => {
  it('sorts them by where they stand now, and names deleted ones by their last', () => {
    const now = span('2027-01-01', '2027-03-31', 'quarter');
    const longer = { ...now, end: dayNumber('2027-04-30') };
    const shorter = { ...now, end: dayNumber('2027-02-28') };
    const begun = { ...now, start: dayNumber('2027-02-01') };
    const spans = new Map([
      [1, longer],
      [2, shorter],
      [3, begun],
      [4, now],
      [5, now],
    ]);
    const rows = new Map(
      [...spans.keys()].map((id) => [id, { ...rowOf(id), values: { title: `Idea ${id}` } }]),
    );
    const fate = movesOf(
      [
        { idea: 1, span: q1 },
        { idea: 2, span: q1 },
        { idea: 3, span: q1 },
        { idea: 4 },
        { idea: 8, span: q1 }, // outside of the view
        { idea: 9, span: q1, gone: true, key: 'INS-9', title: 'Fax' },
      ],
      { spans, rows },
      'INS',
    );
    expect(fate.gone).toEqual([{ idea: 9, key: 'INS-9', title: 'Fax', from: now }]);
    expect(fate.later.map(({ idea }) => idea)).toEqual([1, 3]);
    expect(fate.earlier).toEqual([{ idea: 2, key: 'INS-2', title: 'Idea 2', from: now, to: shorter }]);
    expect(fate.added.map(({ idea, from }) => [idea, from])).toEqual([[4, undefined]]);
  });
});
