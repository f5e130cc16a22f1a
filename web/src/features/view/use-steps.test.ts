import { expect, it } from 'vitest';
import type { ViewInput } from '@/sync/types.ts';
import { changeTo, settingsBefore } from './use-steps.ts';

const view: ViewInput = {
  name: 'All',
  kind: 'list',
  position: 1,
  query: { filter: { field: 'f1', op: 'gte', value: 3 }, sort: [{ field: 'f2' }], search: 'quote' },
  columns: [{ field: 'f1' }],
};

// SB-12
it('remembers of a change what it sets to something else', () => {
  const after = { query: { ...view.query, sort: [], search: 'quotes' }, columns: [{ field: 'f1' }] };
  const before = settingsBefore(view, after);
  expect([...before]).toEqual([['sort', [{ field: 'f2' }]]]);
  expect(settingsBefore(view, { query: { ...view.query, search: '' }, layout: {}, colors: [] }).size).toBe(0);
});

it('sets back what was changed, and leaves what was changed since', () => {
  const before = settingsBefore(view, {
    kind: 'board',
    layout: { board: {} },
    query: { ...view.query, filter: {} },
  });
  expect([...before.keys()].toSorted()).toEqual(['filter', 'kind', 'layout']);
  const since: ViewInput = {
    ...view,
    kind: 'board',
    layout: { board: {} },
    columns: [],
    query: { sort: [{ field: 'f9' }], search: 'else' },
  };
  expect(changeTo(before, since)).toEqual({
    kind: 'list',
    layout: {},
    query: { ...since.query, filter: view.query.filter },
  });
});
