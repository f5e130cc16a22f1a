import { describe, expect, it } from 'vitest';
import type { CellValue, FieldInfo, IdeaRow, ViewGroup } from '@/sync/types.ts';
import { type Grouping, groupValues, keysOf, valueInGroup } from '../shared/groups.ts';
import { lookOf, measuresOf } from './cards.ts';
import { geometryOf, spansOf, visibleIn } from './geometry.ts';
import { type BoardLayout, groupSettings, withGroupSettings } from './layout.ts';
import { boardModel, type ModelInput } from './model.ts';
import { cardsOf, type PendingMove } from './moves.ts';
import { type DropContext, limitReason, type MovedCard, planDrop } from './plan.ts';
import { cardBeside } from './use-board-keys.ts';

const field = (ref: string, type: FieldInfo['type'], more: Partial<FieldInfo> = {}): FieldInfo => ({
  ref,
  type,
  name: ref,
  options: [],
  position: 0,
  ...more,
});
const roadmap = field('f1', 'select', {
  name: 'Roadmap',
  options: [
    { id: 1, name: 'Now', color: 'green' },
    { id: 2, name: 'Next', color: 'blue' },
    { id: 3, name: 'Later', color: 'purple' },
  ],
});
const rating = field('f2', 'rating', { name: 'Impact' });
const score = field('f3', 'formula', { name: 'Score', readOnly: true });
const labels = field('f4', 'labels', { name: 'Labels' });
const fields = [roadmap, rating, score, labels];
const byRef = (ref: string) => fields.find((each) => each.ref === ref);

const row = (id: number, values: Record<string, CellValue> = {}): IdeaRow => ({
  id,
  number: id,
  version: 1,
  archived: false,
  values: { title: `Idea ${id}`, ...values },
});

const group = (key: CellValue, offset: number, length: number, more: Partial<ViewGroup> = {}): ViewGroup => ({
  key,
  label: String(key),
  offset,
  length,
  count: length,
  ...more,
});

/** Now holds the ideas 1 to 4, Next 5 and 6, Later none, and 7 and 8 have no value. */
function input(more: Partial<ModelInput> = {}): ModelInput {
  return {
    groups: [group(1, 0, 4), group(2, 4, 2), group(null, 6, 2)],
    by: [{ field: 'f1', showEmpty: true }],
    board: {},
    field: byRef,
    ...more,
  };
}

const rows = Array.from({ length: 8 }, (_, at) => row(at + 1));
const source = {
  row: (position: number) => rows[position],
  loaded: () => rows.map((each, position) => ({ position, row: each })),
};

const idsOf = (cell: { length: number; at: (index: number) => { row?: IdeaRow } }) =>
  Array.from({ length: cell.length }, (_, index) => cell.at(index).row?.id);

describe('columns and swimlanes', () => {
  it('BRD-1: makes a column of each group of the first grouping, and none without one', () => {
    expect(boardModel(input()).columns.map(({ key }) => key)).toEqual([1, 2, null]);
    expect(boardModel(input({ by: [] })).columns).toEqual([]);
    expect(boardModel(input({ by: [{ field: 'f99' }] })).columns).toEqual([]);
  });

  it('BRD-2: gathers the lanes of all columns, in the order of their field, no value last', () => {
    const lane = (key: CellValue) => group(key, 0, 1);
    const groups = [
      group(1, 0, 2, { groups: [lane(4), lane(null)] }),
      group(2, 2, 3, { groups: [lane(1), lane(5), lane(null)] }),
      group(3, 5, 1, { groups: [lane(3)] }),
    ];
    const lanes = (desc: boolean, order?: CellValue[]) =>
      boardModel(input({ groups, by: [{ field: 'f1' }, { field: 'f2', desc, order }] })).lanes.map(
        ({ key }) => key,
      );
    expect(lanes(true, [null, 3])).toEqual([null, 3, 5, 4, 1]);
    expect(lanes(false)).toEqual([1, 3, 4, 5, null]);
    expect(lanes(true)).toEqual([5, 4, 3, 1, null]);
    const byOption = boardModel(
      input({
        groups: [group(3, 0, 1, { groups: [lane(3), lane(1)] }), group(4, 1, 1, { groups: [lane(2)] })],
        by: [{ field: 'f2' }, { field: 'f1' }],
      }),
    );
    expect(byOption.lanes.map(({ key }) => key)).toEqual([1, 2, 3]);
    expect(byOption.cell(1, 0)).toMatchObject({ length: 0, path: '4/1' });
  });

  it('BRD-4: shows a column to take the value away in, where the value can be written', () => {
    const some = [group(1, 0, 4)];
    expect(boardModel(input({ groups: some })).columns.map(({ key }) => key)).toEqual([1, null]);
    expect(boardModel(input({ groups: some, by: [{ field: 'f1' }] })).columns).toHaveLength(1);
    expect(boardModel(input({ groups: some, by: [{ field: 'f3', showEmpty: true }] })).columns).toHaveLength(
      1,
    );
  });

  it('BRD-5: makes no such column where it is hidden', () => {
    const by = [{ field: 'f1', showEmpty: true, hidden: [null] }];
    expect(boardModel(input({ groups: [group(1, 0, 4)], by })).columns.map(({ key }) => key)).toEqual([1]);
  });

  it('BRD-7: remembers what is folded and limited by field and key, and nothing else', () => {
    let board: BoardLayout = {};
    board = { groups: withGroupSettings(board, { field: 'f1', key: 1 }, { collapsed: true }) };
    board = { groups: withGroupSettings(board, { field: 'f1', key: null }, { limit: 4, block: true }) };
    expect(groupSettings(board, 'f1', 1).collapsed).toBe(true);
    expect(groupSettings(board, 'f2', 1)).toEqual({});
    expect(boardModel(input({ board })).columns.map(({ collapsed, limit }) => [collapsed, limit])).toEqual([
      [true, undefined],
      [false, undefined],
      [false, 4],
    ]);
    board = { groups: withGroupSettings(board, { field: 'f1', key: 1 }, { collapsed: false }) };
    board = { groups: withGroupSettings(board, { field: 'f1', key: null }, { limit: undefined }) };
    expect(board.groups).toBeUndefined();
  });
});

describe('cards while moves are on their way', () => {
  const model = boardModel(input());
  const move = (id: number, from: string, to: string, before?: number): PendingMove => ({
    group: `g${id}`,
    row: row(id),
    from,
    to,
    before,
  });

  it('BRD-30: shows the card at its new place, once, before and after the answer has it there', () => {
    const moves = [move(2, '1', '2', 6)];
    const of = cardsOf(source, moves);
    expect(idsOf(of(model.cell(0, 0)))).toEqual([1, 3, 4]);
    expect(idsOf(of(model.cell(1, 0)))).toEqual([5, 2, 6]);
    expect(of(model.cell(1, 0)).indexOf(6)).toBe(2);
    expect(of(model.cell(0, 0)).indexOf(2)).toBeUndefined();
    // The answer after the move: 1, 3, 4 | 5, 2, 6 | 7, 8.
    const order = [1, 3, 4, 5, 2, 6, 7, 8].map((id) => row(id));
    const answered = {
      row: (position: number) => order[position],
      loaded: () => order.map((each, position) => ({ position, row: each })),
    };
    const next = boardModel(input({ groups: [group(1, 0, 3), group(2, 3, 3), group(null, 6, 2)] }));
    expect(idsOf(cardsOf(answered, moves)(next.cell(0, 0)))).toEqual([1, 3, 4]);
    expect(idsOf(cardsOf(answered, moves)(next.cell(1, 0)))).toEqual([5, 2, 6]);
  });

  it('BRD-28: keeps the order of several cards, at the same place and at the end', () => {
    const of = cardsOf(source, [
      move(3, '1', '2', 5),
      move(1, '1', '2', 5),
      move(8, 'null', '2'),
      move(7, 'null', '2'),
    ]);
    expect(idsOf(of(model.cell(1, 0)))).toEqual([3, 1, 5, 6, 8, 7]);
    expect([3, 1, 5, 6, 8, 7].map((id) => of(model.cell(1, 0)).indexOf(id))).toEqual([0, 1, 2, 3, 4, 5]);
    expect(idsOf(of(model.cell(2, 0)))).toEqual([]);
  });

  it('BRD-31: a second move before a card that is itself on its way', () => {
    const of = cardsOf(source, [move(1, '1', '2', 6), move(2, '1', '2', 1)]);
    expect(idsOf(of(model.cell(1, 0)))).toEqual([5, 2, 1, 6]);
  });

  it('ranks within a column, and the last move of an idea counts', () => {
    expect(idsOf(cardsOf(source, [move(4, '1', '1', 1)])(model.cell(0, 0)))).toEqual([4, 1, 2, 3]);
    const twice = cardsOf(source, [move(4, '1', '2', 5), move(4, '2', 'null', 7)]);
    expect(idsOf(twice(model.cell(1, 0)))).toEqual([5, 6]);
    expect(idsOf(twice(model.cell(2, 0)))).toEqual([4, 7, 8]);
  });
});

describe('what a drop writes', () => {
  const context = (more: Partial<DropContext> = {}, given = input()): DropContext => {
    const model = boardModel(given);
    const of = cardsOf(source, []);
    return {
      model,
      cards: (column, lane) => of(model.cell(column, lane)),
      query: {},
      role: 'editor',
      overlay: { of: () => undefined },
      ...more,
    };
  };
  const card = (id: number, from: string, values: Record<string, CellValue> = {}): MovedCard => ({
    row: row(id, values),
    from,
  });

  it('BRD-20, BRD-25: the value of the column and the place before a card, in one step', () => {
    expect(planDrop(context(), [card(2, '1')], { column: 1, lane: 0, index: 1 })).toMatchObject({
      does: 'write',
      ids: [2],
      values: [{ id: 2, ref: 'f1', value: 2 }],
      move: { before: 6 },
    });
    expect(planDrop(context(), [card(2, '1')], { column: 1, lane: 0, index: 2 })).toMatchObject({
      move: { after: 6 },
    });
    expect(planDrop(context(), [card(2, '1')], { column: 2, lane: 0, index: 0 })).toMatchObject({
      values: [{ id: 2, ref: 'f1', value: null }],
      move: { before: 7 },
    });
    expect(planDrop(context(), [card(4, '1')], { column: 0, lane: 0, index: 1 })).toMatchObject({
      values: [],
      move: { before: 2 },
    });
  });

  it('BRD-32: a range gives way to the plain number of another column, and stays in its own', () => {
    const range = { low: 2, likely: 3, high: 5 } as CellValue;
    const given = input({
      groups: [group(3, 0, 4), group(4, 4, 2)],
      by: [{ field: 'f2' }, { field: 'f1' }],
    });
    const laned = boardModel({
      ...given,
      groups: [
        group(3, 0, 4, { groups: [group(1, 0, 2), group(2, 2, 2)] }),
        group(4, 4, 2, { groups: [group(1, 4, 2)] }),
      ],
    });
    const of = cardsOf(source, []);
    const drop = context({ model: laned, cards: (column, lane) => of(laned.cell(column, lane)) });
    const moved = card(2, '3/1', { f1: 1, f2: range });
    const into = { column: 1, lane: 0, index: 0 };
    expect(planDrop(drop, [moved], into)).toMatchObject({ values: [{ id: 2, ref: 'f2', value: 4 }] });
    expect(planDrop(drop, [moved], { column: 0, lane: 1, index: 0 })).toMatchObject({
      values: [{ id: 2, ref: 'f1', value: 2 }],
    });
    expect(planDrop(drop, [moved], { column: 0, lane: 0, index: 0 })).toMatchObject({ values: [] });
  });

  it('BRD-33: ranks in the order of the view where it has one', () => {
    const own = context({ query: { rank: 'r17' } });
    const ranked = planDrop(own, [card(4, '1')], { column: 0, lane: 0, index: 1 });
    expect(ranked).toMatchObject({ move: { before: 2, rank: 'r17' } });
    const both = planDrop(own, [card(2, '1')], { column: 1, lane: 0, index: 2 });
    expect(both).toMatchObject({ values: [{ ref: 'f1', value: 2 }], move: { after: 6, rank: 'r17' } });
  });

  it('BRD-28: cards that are moved together are no neighbours of themselves', () => {
    const both = [card(1, '1'), card(3, '1')];
    expect(planDrop(context(), both, { column: 0, lane: 0, index: 0 })).toMatchObject({
      move: { before: 2 },
    });
    expect(planDrop(context(), both, { column: 0, lane: 0, index: 4 })).toMatchObject({ move: { after: 4 } });
  });

  it('BRD-29: nothing where it came from', () => {
    for (const index of [1, 2])
      expect(planDrop(context(), [card(2, '1')], { column: 0, lane: 0, index })).toEqual({ does: 'nothing' });
    const both = [card(2, '1'), card(3, '1')];
    for (const index of [1, 2, 3])
      expect(planDrop(context(), both, { column: 0, lane: 0, index })).toEqual({ does: 'nothing' });
  });

  it('BRD-26: no rank where the order is by a sort or a search; columns still change', () => {
    const sorted = context({ query: { sort: [{ field: 'f2' }] } });
    expect(planDrop(sorted, [card(2, '1')], { column: 0, lane: 0, index: 0 })).toEqual({ does: 'sorted' });
    const plan = planDrop(sorted, [card(2, '1')], { column: 1, lane: 0, index: 0 });
    expect(plan).toMatchObject({ does: 'write', values: [{ value: 2 }] });
    expect(plan).not.toHaveProperty('move.before');
    const searched = context({ query: { search: 'x' } });
    expect(planDrop(searched, [card(2, '1')], { column: 0, lane: 0, index: 0 })).toEqual({ does: 'sorted' });
  });

  it('BRD-24: computed fields and locked fields refuse with the reason', () => {
    const scores = input({ groups: [group(1, 0, 4), group(2, 4, 2)], by: [{ field: 'f3' }] });
    const refused = planDrop(context({}, scores), [card(2, '1')], { column: 1, lane: 0, index: 0 });
    expect(refused).toMatchObject({ does: 'refuse', reason: expect.stringContaining('Score') });
    const viewer = planDrop(context({ role: 'viewer' }), [card(2, '1')], { column: 1, lane: 0, index: 0 });
    expect(viewer).toMatchObject({ does: 'refuse', reason: expect.stringContaining('Roadmap') });
  });

  it('BRD-27: contributors change open fields and no ranks', () => {
    const open = { ...roadmap, openToContributors: true };
    const given = input({ field: (ref) => (ref === 'f1' ? open : byRef(ref)) });
    const by = context({ role: 'contributor' }, given);
    expect(planDrop(by, [card(2, '1')], { column: 0, lane: 0, index: 0 }).does).toBe('refuse');
    const plan = planDrop(by, [card(2, '1')], { column: 1, lane: 0, index: 0 });
    expect(plan).toMatchObject({ does: 'write', values: [{ value: 2 }], move: undefined });
  });

  it('BRD-40: a limit that blocks counts what comes in, and only that', () => {
    const groups = (block: boolean) =>
      context({}, input({ board: { groups: [{ field: 'f1', key: 2, limit: 3, block }] } }));
    const into = { column: 1, lane: 0, index: 0 };
    expect(planDrop(groups(true), [card(1, '1')], into).does).toBe('write');
    const many = [card(1, '1'), card(2, '1')];
    expect(planDrop(groups(true), many, into)).toMatchObject({
      does: 'refuse',
      reason: '“2” holds 2 of at most 3 ideas. Move one out first, or change the limit.',
    });
    expect(planDrop(groups(false), many, into).does).toBe('write');
    expect(planDrop(groups(true), [card(6, '2')], into).does).toBe('write');
    const column = groups(true).model.columns[1];
    expect(column && limitReason(column, 1)).toBeUndefined();
    expect(column && limitReason({ ...column, count: 3 }, 1)).toContain('holds 3');
  });
});

describe('the value of a group', () => {
  const at = (type: FieldInfo['type'], unit?: string): Grouping => ({ field: field('f9', type), unit });

  it.each<[string, Grouping, CellValue, CellValue]>([
    ['BRD-21: an option', at('select'), 7, 7],
    ['BRD-21: checked', at('checkbox'), true, true],
    ['BRD-21: not checked', at('checkbox'), false, null],
    ['BRD-21: a number', at('number'), 2.5, 2.5],
    ['BRD-22: the first day of the unit', at('date', 'quarter'), '2027-04-01', '2027-04-01'],
    [
      'BRD-22: a quarter, as exactly as a quarter',
      at('interval', 'quarter'),
      '2027-04-01',
      { start: '2027-04-01', end: '2027-06-30', precision: 'quarter' },
    ],
    [
      'BRD-22: a month where no unit is given',
      at('interval'),
      '2028-02-01',
      { start: '2028-02-01', end: '2028-02-29', precision: 'month' },
    ],
    [
      'BRD-22: a half',
      at('interval', 'half'),
      '2027-07-01',
      { start: '2027-07-01', end: '2027-12-31', precision: 'half' },
    ],
    [
      'BRD-22: a week in days',
      at('interval', 'week'),
      '2027-03-29',
      { start: '2027-03-29', end: '2027-04-04', precision: 'day' },
    ],
    [
      'BRD-22: a day',
      at('interval', 'day'),
      '2027-03-29',
      { start: '2027-03-29', end: '2027-03-29', precision: 'day' },
    ],
    ['no value', at('interval', 'quarter'), null, null],
  ])('%s', (_name, grouping, key, value) => {
    expect(valueInGroup(grouping, key)).toEqual(value);
  });

  it('BRD-23: replaces the value of the column that the card came from and keeps the others', () => {
    const grouping: Grouping = { field: labels };
    expect(valueInGroup(grouping, 'api', ['web', 'old'], 'old')).toEqual(['web', 'api']);
    expect(valueInGroup(grouping, 'web', ['web', 'old'], 'old')).toEqual(['web']);
    expect(valueInGroup(grouping, null, ['web', 'old'], 'old')).toEqual(['web']);
    expect(valueInGroup(grouping, null, ['old'], 'old')).toBeNull();
  });

  it('BRD-20: writes only where the cells differ', () => {
    const groupings: Grouping[] = [{ field: roadmap }, { field: rating }];
    const step = { row: row(1), from: keysOf('1/5'), to: keysOf('2/5') };
    expect(groupValues(groupings, step)).toEqual([{ id: 1, ref: 'f1', value: 2 }]);
  });
});

describe('places', () => {
  const model = boardModel(input());
  const of = cardsOf(source, []);
  const cards = (column: number, lane: number) => of(model.cell(column, lane));
  const geometry = geometryOf(model, { column: 284, card: 92 }, { cards, adding: true });

  it('finds the place under a point', () => {
    const { left } = geometry.columns[1] ?? { left: 0 };
    const body = geometry.lanes[0]?.body ?? 0;
    expect(geometry.dropAt(left + 10, body)).toEqual({ column: 1, lane: 0, index: 0 });
    expect(geometry.dropAt(left + 10, body + 60)).toEqual({ column: 1, lane: 0, index: 1 });
    expect(geometry.dropAt(left + 10, body + 5000)).toEqual({ column: 1, lane: 0, index: 2 });
    expect(geometry.dropAt(-50, body - 50)).toEqual({ column: 0, lane: 0, index: 0 });
    expect(geometry.dropAt(99_999, body).column).toBe(2);
  });

  it('BRD-12: of 100,000 cards, a screenful is drawn and loaded', () => {
    const many = boardModel(
      input({ groups: [group(1, 0, 60_000), group(2, 60_000, 40_000), group(3, 100_000, 0)] }),
    );
    const ofMany = cardsOf({ row: () => undefined, loaded: () => [] }, []);
    const big = geometryOf(
      many,
      { column: 284, card: 92 },
      { cards: (column, lane) => ofMany(many.cell(column, lane)), adding: true },
    );
    expect(big.height).toBeGreaterThan(6_000_000);
    const rect = { left: 0, right: 1200, top: 4_500_000, bottom: 4_500_900 };
    const spans = spansOf(many, visibleIn(big, rect, 128));
    expect(spans).toHaveLength(1);
    const top = spansOf(many, visibleIn(big, { ...rect, top: 1_000_000, bottom: 1_000_900 }, 128));
    expect(top.map(({ first, last }) => last - first)).toEqual([12, 12]);
    expect(top[0]?.first).toBe(Math.floor((1_000_000 - 128 - 8) / 100));
    expect(top[1]?.first).toBe(60_000 + Math.floor((1_000_000 - 128 - 8) / 100));
  });

  it('BRD-60: arrows go past empty and folded columns, and on into the next lane', () => {
    const lane = (key: CellValue, offset: number, length: number) => group(key, offset, length);
    const laned = boardModel(
      input({
        groups: [
          group(1, 0, 3, { groups: [lane(1, 0, 1), lane(2, 1, 2)] }),
          group(2, 3, 1, { groups: [lane(1, 3, 1)] }),
          group(3, 4, 4, { groups: [lane(1, 4, 2), lane(2, 6, 2)] }),
        ],
        by: [{ field: 'f1' }, { field: 'f2' }],
        board: { groups: [{ field: 'f1', key: 2, collapsed: true }] },
      }),
    );
    const board = { model: laned, cards: (column: number, at: number) => of(laned.cell(column, at)) };
    expect(cardBeside(board, { column: 0, lane: 0, index: 0 }, 'right')).toEqual({
      column: 2,
      lane: 0,
      index: 0,
    });
    expect(cardBeside(board, { column: 0, lane: 0, index: 0 }, 'down')).toEqual({
      column: 0,
      lane: 1,
      index: 0,
    });
    expect(cardBeside(board, { column: 2, lane: 1, index: 0 }, 'up')).toEqual({
      column: 2,
      lane: 0,
      index: 1,
    });
    expect(cardBeside(board, { column: 2, lane: 1, index: 1 }, 'left')).toEqual({
      column: 0,
      lane: 1,
      index: 1,
    });
    expect(cardBeside(board, { column: 0, lane: 0, index: 0 }, 'left')).toBeUndefined();
  });
});

describe('what cards show (BRD-10, BRD-16)', () => {
  const definition = (by: string[]) => ({
    columns: ['title', 'f1', 'f2', 'f3', 'f4'].map((ref) => ({ field: ref })),
    query: { group: by.map((ref) => ({ field: ref })) },
  });
  const shown = (by: string[]) => lookOf(definition(by), byRef).fields.map((each) => each.field.ref);

  it('leaves out what column and swimlane say', () => {
    expect(shown([])).toEqual(['f1', 'f2', 'f3', 'f4']);
    expect(shown(['f1'])).toEqual(['f2', 'f3', 'f4']);
    expect(shown(['f1', 'f2'])).toEqual(['f3', 'f4']);
  });

  it('keeps what the heading says only in part', () => {
    expect(shown(['f4'])).toEqual(['f1', 'f2', 'f3', 'f4']);
  });

  it('has a second line from four fields on', () => {
    const height = (by: string[]) => measuresOf(lookOf(definition(by), byRef)).card;
    expect(height([])).toBeGreaterThan(height(['f1']));
    expect(height(['f1'])).toBe(height(['f1', 'f2']));
  });
});
