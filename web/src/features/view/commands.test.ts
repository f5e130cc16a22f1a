import { describe, expect, it } from 'vitest';
import type { FilterNames } from '@/fields/describe.ts';
import type { FieldInfo, View, ViewInput } from '@/sync/types.ts';
import { comparedAs } from '@/views/shared/query/filter-tree.ts';
import { movedBefore, movedUp } from '@/views/shared/query/order.ts';
import { changesOf, differing, withoutLook } from './draft.ts';
import { viewIconName } from './icons.ts';
import { plainView } from './use-create-view.ts';
import { partWords, whereReading, whereWords } from './words.ts';

const info = (ref: string, rest: Partial<FieldInfo> = {}): FieldInfo => ({
  ref,
  name: ref.toUpperCase(),
  type: 'number',
  options: [],
  position: 0,
  ...rest,
});
const known: Record<string, FieldInfo> = {
  f1: info('f1', { name: 'Impact' }),
  f2: info('f2', { name: 'Needs legal review', type: 'checkbox' }),
  f3: info('f3', { name: 'Owner', type: 'person' }),
};
const names: FilterNames = { field: (ref) => known[ref], person: () => undefined };
const said = (filter: Parameters<typeof partWords>[0]) => {
  const { field, op, value } = partWords(filter, names);
  return [field, op, value].filter(Boolean).join(' ');
};

describe('filters in words', () => {
  const big = { field: 'f1', op: 'gt', value: 3 };
  const mine = { field: 'f3', op: 'any_of', value: ['me'] };

  it('says a comparison by its three parts', () => {
    expect(partWords(big, names)).toEqual({ field: 'Impact', op: '>', value: '3' });
  });

  it.each([
    ['any', { any: [big, mine] }, 'Impact > 3 or Owner is any of Me'],
    ['all', { all: [big, mine] }, 'Impact > 3 and Owner is any of Me'],
    ['none', { not: { any: [big, mine] } }, 'not Impact > 3 or Owner is any of Me'],
    ['not all', { not: { all: [big, mine] } }, 'not all of Impact > 3 and Owner is any of Me'],
    [
      'a group within',
      { any: [big, { all: [mine, big] }] },
      'Impact > 3 or (Owner is any of Me and Impact > 3)',
    ],
  ])('says a group as one text: %s', (_name, filter, text) => {
    expect(said(filter)).toBe(text);
  });

  it('says that a field is gone', () => {
    expect(said({ field: 'f9', op: 'gt', value: 1 })).toBe('Deleted field');
  });

  it('names the fields of a condition, and leaves unknown ones as they are', () => {
    const where = '{f1} >= 3 and not {f2} and {f9} = 1';
    expect(whereWords(where, names)).toBe('{Impact} >= 3 and not {Needs legal review} and {f9} = 1');
    expect(whereReading(where, names)).toBe('Impact >= 3 and not Needs legal review and f9 = 1');
  });
});

describe('orders', () => {
  const list = ['a', 'b', 'c'].map((field) => ({ field }));
  const order = (next: readonly { field: string }[]) => next.map(({ field }) => field).join('');

  it.each([
    ['a', 'c', 'bac'],
    ['a', undefined, 'bca'],
    ['c', 'a', 'cab'],
    ['b', 'b', 'abc'],
    ['x', 'a', 'abc'],
    ['b', 'gone', 'acb'],
  ])('moves %s before %s', (ref, before, expected) => {
    expect(order(movedBefore(list, ref, before))).toBe(expected);
  });

  it('moves up, and leaves the first where it is', () => {
    expect(movedUp([1, 2, 3], 2)).toEqual([1, 3, 2]);
    expect(movedUp([1, 2, 3], 0)).toEqual([1, 2, 3]);
    expect(movedUp([1, 2, 3], 7)).toEqual([1, 2, 3]);
  });
});

describe('what a draft holds', () => {
  const saved: ViewInput = {
    name: 'All',
    kind: 'list',
    position: 1,
    columns: [{ field: 'f1' }],
    query: { search: 'kept', rollups: [] },
  };

  it('is nothing where it only looks different: no list, an empty list and an empty text are one', () => {
    expect(differing(saved, { colors: [], rowHeight: '', rollups: [], columns: [{ field: 'f1' }] })).toEqual(
      {},
    );
    expect(differing(saved, { columns: [], rowHeight: 'compact' })).toEqual({
      columns: [],
      rowHeight: 'compact',
    });
  });

  it('does not save the search that somebody is at', () => {
    const looked = { ...saved, query: { search: 'now', archived: 'only' } };
    expect(withoutLook(looked, saved).query).toEqual({ search: 'kept', archived: 'only' });
    expect(withoutLook(looked, { ...saved, query: {} }).query).toEqual({ archived: 'only' });
  });
});

describe('new views', () => {
  it('show the first fields that are short and not hidden', () => {
    const fields = [
      info('f1', { type: 'long_text' }),
      info('f2', { hidden: true }),
      ...['f3', 'f4', 'f5', 'f6', 'f7', 'f8', 'f9'].map((ref) => info(ref)),
    ];
    const { columns, query } = plainView(fields);
    expect(columns?.map((column) => column.field)).toEqual(['f3', 'f4', 'f5', 'f6', 'f7', 'f8']);
    expect(query).toEqual({});
  });

  it('have an icon whatever was saved', () => {
    const icons: View['icon'][] = ['map', undefined, '', '🚀', 'toString'];
    expect(icons.map(viewIconName)).toEqual(['map', 'list', 'list', 'list', 'list']);
  });
});

it('compares keys by their number', () => {
  expect(comparedAs(info('key', { type: 'short_text' }))).toBe('number');
  expect(comparedAs(info('title', { type: 'short_text' }))).toBe('short_text');
  expect(comparedAs(undefined)).toBeUndefined();
});

describe('saving a draft', () => {
  const saved: ViewInput = {
    name: 'All',
    kind: 'list',
    position: 1,
    columns: [{ field: 'f1' }],
    query: { search: 'kept', rollups: [] },
  };

  it('is saved part by part, so that others may change other parts', () => {
    const next: ViewInput = {
      ...saved,
      kind: 'board',
      colorBy: { field: 'f2' },
      columns: undefined,
      query: {},
    };
    expect(changesOf(saved, next)).toEqual({
      kind: 'board',
      query: {},
      columns: [],
      colorBy: { field: 'f2' },
    });
    expect(changesOf(saved, { ...saved, colors: [], query: { search: 'kept' } })).toEqual({});
  });
});
