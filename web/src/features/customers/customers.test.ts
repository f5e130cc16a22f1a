import { describe, expect, it } from 'vitest';
import type { Customer, CustomerField } from '@/sync/customers.ts';
import '@/lib/messages/later/insights.ts';
import type { Filter, SortKey } from '@/sync/types.ts';
import { pressed } from './CustomerHead.tsx';
import { columnsOf, namedFilter, numberedFilter, refusalOf } from './columns.ts';
import { filterParam, sortParam } from './query-params.ts';
import { changesOf } from './use-cells.ts';

const field = (ref: string, of: 'company' | 'person', type: string, options?: string[]): CustomerField => ({
  id: Number(ref.slice(1)),
  ref,
  version: 1,
  of,
  name: ref.toUpperCase(),
  type: type as CustomerField['type'],
  position: 0,
  ...(options ? { options } : {}),
});
const fields = [
  field('f1', 'company', 'select', ['Free', 'Paid']),
  field('f2', 'company', 'number'),
  field('f3', 'person', 'short_text'),
];
const columns = columnsOf(fields, 'all');
const column = (key: string) => {
  const found = columns.find((each) => each.key === key);
  if (!found) throw new Error(`no column ${key}`);
  return found;
};
const person = { id: 1, version: 1, type: 'person', name: 'Ann', values: {}, insights: 2 } as Customer;
const company = { ...person, id: 2, type: 'company', name: 'Acme', values: { f1: 'Paid' } } as Customer;

describe('EVD-18: columns of customers', () => {
  it('are those of the kind that is shown', () => {
    const keys = (type: 'all' | 'company' | 'person') => columnsOf(fields, type).map(({ key }) => key);
    expect(keys('all')).toEqual(['name', 'email', 'company', 'f1', 'f2', 'f3', 'insights']);
    expect(keys('company')).toEqual(['name', 'f1', 'f2', 'insights']);
    expect(keys('person')).toEqual(['name', 'email', 'company', 'f3', 'insights']);
  });

  it('are pressed to sort by one, and with Shift by one more; again turns it round', () => {
    let sort: readonly SortKey[] = [{ field: 'name' }];
    sort = pressed(sort, column('f1'), false);
    expect(sort).toEqual([{ field: 'f1' }]);
    sort = pressed(sort, column('f2'), true);
    expect(sort).toEqual([{ field: 'f1' }, { field: 'f2', desc: true }]);
    sort = pressed(sort, column('f2'), true);
    expect(sort).toEqual([{ field: 'f1' }, { field: 'f2' }]);
    expect(pressed(sort, column('f1'), false)).toEqual([{ field: 'f1', desc: true }]);
    expect(sortParam.read(sortParam.write(sort))).toEqual(sort);
    expect(sortParam.read('-,')).toBeUndefined();
  });

  it('are filtered by the names of options, whatever their numbers', () => {
    const edited: Filter = {
      any: [
        { field: 'f1', op: 'any_of', value: [2, 9] },
        { not: { any: [{ field: 'name', op: 'is', value: 'x' }] } },
      ],
    };
    const named = namedFilter(edited, columns);
    expect(named.any?.[0]?.value).toEqual(['Paid']);
    expect(named.any?.[1]).toEqual(edited.any?.[1]);
    const turned = columnsOf([field('f1', 'company', 'select', ['Paid', 'Free'])], 'all');
    expect(numberedFilter(named, turned).any?.[0]?.value).toEqual([1]);
    expect(filterParam.read(filterParam.write(named))).toEqual(named);
    expect(filterParam.read('[]')).toBeUndefined();
    expect(filterParam.read('{')).toBeUndefined();
    expect(filterParam.write({})).toBe('');
  });
});

describe('EVD-19: cells of customers', () => {
  it('refuse what their customer does not have, with the reason', () => {
    expect(refusalOf(column('f1'), person, 1)).toContain('Only companies have F1');
    expect(refusalOf(column('company'), company, 'Acme')).toContain('Only people have Company');
    expect(refusalOf(column('insights'), person, 3)).toContain('counted');
    expect(refusalOf(column('name'), person, null)).toContain('needs a name');
    expect(refusalOf(column('f1'), company, 1)).toBeUndefined();
    // Emptying a range passes over what is empty by nature.
    expect(refusalOf(column('f1'), person, null)).toBeUndefined();
  });

  it('are written together, once for each customer', () => {
    const changes = changesOf(
      [
        { id: 2, ref: 'f1', value: 1 },
        { id: 1, ref: 'company', value: 'New Co' },
        { id: 2, ref: 'f2', value: null },
        { id: 1, ref: 'email', value: null },
        { id: 2, ref: 'name', value: 'Acme Corp' },
        { id: 3, ref: 'gone', value: 1 },
      ],
      columns,
    );
    expect(changes).toEqual([
      { id: 2, name: 'Acme Corp', values: { f1: 'Free', f2: null } },
      { id: 1, companyName: 'New Co', email: '' },
    ]);
  });
});
