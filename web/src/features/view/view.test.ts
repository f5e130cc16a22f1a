import { describe, expect, it } from 'vitest';
import type { Filter, Query, ViewInput } from '@/sync/types.ts';
import { filterOf, makeIds, treeOf, withNode, withoutTop } from '@/views/shared/query/filter-tree.ts';
import { differing, paramsWith, queryWith } from './draft.ts';

const typeOf = (ref: string) => (ref === 'f9' ? undefined : ref === 'title' ? 'short_text' : 'number');
const title: Filter = { field: 'title', op: 'contains', value: 'x' };
const big: Filter = { field: 'f1', op: 'gt', value: 3 };
const empty: Filter = { field: 'f2', op: 'empty' };

describe('filter builder', () => {
  it.each<[string, Filter]>([
    ['nothing', {}],
    ['all', { all: [title, big] }],
    ['any within all', { all: [title, { any: [big, empty] }] }],
    ['none', { not: { any: [title, big] } }],
    ['not all', { not: { all: [title, big] } }],
  ])('gives back the filter it was given: %s', (_name, filter) => {
    expect(filterOf(treeOf(filter, makeIds()), typeOf)).toEqual(filter);
  });

  it('puts a lone comparison into a group, and a negated one into none', () => {
    expect(filterOf(treeOf(big, makeIds()), typeOf)).toEqual({ all: [big] });
    expect(filterOf(treeOf({ not: big }, makeIds()), typeOf)).toEqual({ not: { any: [big] } });
  });

  it('leaves out what is not complete, and groups that are empty then', () => {
    const tree = treeOf(
      { all: [{ field: 'f1', op: 'gt' }, { any: [{ field: 'title', op: 'is', value: ' ' }] }, empty] },
      makeIds(),
    );
    expect(filterOf(tree, typeOf)).toEqual({ all: [empty] });
    expect(filterOf(treeOf({ all: [{ field: 'f9', op: 'eq', value: 1 }] }, makeIds()), typeOf)).toEqual({});
  });

  it('changes and removes one node and leaves the others as they are', () => {
    const tree = treeOf({ all: [title, { any: [big, empty] }] }, makeIds());
    const inner = tree.children[1];
    const second = inner?.kind === 'group' ? inner.children[0] : undefined;
    const without = withNode(tree, second?.id ?? 0, () => undefined);
    expect(filterOf(without, typeOf)).toEqual({ all: [title, { any: [empty] }] });
    expect(without.children[0]).toBe(tree.children[0]);
    expect(withoutTop({ all: [title, big] }, 0)).toEqual({ all: [big] });
    expect(withoutTop({ all: [title] }, 0)).toEqual({});
  });
});

describe('a view’s changes in the address', () => {
  const saved: Query = {
    filter: { all: [big] },
    sort: [{ field: 'f1', desc: true }],
    rollups: [{ field: 'f1', op: 'sum' }],
  };
  const there = (next: Query) => queryWith(saved, paramsWith(saved, next, new URLSearchParams('idea=INS-1')));

  it.each<[string, Query]>([
    ['another filter', { ...saved, filter: { any: [title, big] } }],
    ['no filter', { sort: saved.sort, rollups: saved.rollups }],
    [
      'no sort, two groups',
      {
        filter: saved.filter,
        rollups: saved.rollups,
        group: [{ field: 'f2' }, { field: 'f3', unit: 'month' }],
      },
    ],
    ['a search', { ...saved, search: 'größe & maß' }],
    ['archived ideas', { ...saved, archived: 'only' }],
    ['its own order', { ...saved, sort: undefined, rank: 'r17' }],
  ])('come back: %s', (_name, next) => {
    expect(there(next)).toEqual(next);
  });

  it('bring the order of the project back where the own one is saved', () => {
    const own: Query = { rank: 'r17' };
    const params = paramsWith(own, {}, new URLSearchParams());
    expect(params.get('rank')).toBe('project');
    expect(queryWith(own, params)).toEqual({});
    expect(queryWith({}, new URLSearchParams('rank=f3'))).toEqual({});
  });

  it('leave nothing behind when they are as saved, and touch no other part', () => {
    const changed = paramsWith(saved, { ...saved, search: 'x' }, new URLSearchParams('idea=INS-1'));
    expect(changed.get('q')).toBe('x');
    expect(paramsWith(saved, saved, changed).toString()).toBe('idea=INS-1');
  });

  it('are ignored when somebody wrote nonsense into the address', () => {
    const params = new URLSearchParams({ filter: '[1', sort: '{"a":1}', group: '[{"field":1}]' });
    expect(queryWith(saved, params)).toEqual(saved);
  });
});

describe('what differs from the saved view', () => {
  const layout = (board: object) => ({ layout: { board } }) as Pick<ViewInput, 'layout'>;
  const saved = {
    name: 'Board',
    kind: 'board',
    position: 1,
    query: {},
    ...layout({ card: 'compact', groups: [{ field: 'f1', key: null, collapsed: true }] }),
  } as ViewInput;

  it('is not the order in which members were written', () => {
    const alike = layout({ groups: [{ collapsed: true, key: null, field: 'f1' }], card: 'compact' });
    expect(differing(saved, alike)).toEqual({});
    const other = layout({ groups: [{ collapsed: true, key: 1, field: 'f1' }], card: 'compact' });
    expect(differing(saved, other)).toEqual(other);
  });
});
