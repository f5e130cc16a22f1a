import { describe, expect, it } from 'vitest';
import type { FieldInfo, GroupBy, ViewGroup } from '@/sync/types.ts';
import { hiddenAfter, orderAfter, valuesOf } from './group-values.ts';

const stage: FieldInfo = {
  ref: 'f1',
  name: 'Stage',
  type: 'select',
  position: 0,
  options: [
    { id: 1, name: 'Now', color: 'green' },
    { id: 2, name: 'Next', color: 'blue' },
    { id: 3, name: 'Later', color: 'purple' },
  ],
};
const group = (key: ViewGroup['key'], label: string): ViewGroup => ({
  key,
  label,
  offset: 0,
  length: 1,
  count: 1,
});
const labels = (by: Partial<GroupBy>, found: ViewGroup[], field = stage) =>
  valuesOf({ by: { field: field.ref, ...by }, field, found, nameOf: (id) => (id === 7 ? 'Ada' : undefined) })
    .map((value) => (value.hidden ? `(${value.label})` : value.label))
    .join(', ');

describe('the values of a grouping', () => {
  it('are those of the field and of the result, hidden ones where they would stand', () => {
    expect(labels({}, [group(1, 'Now'), group(3, 'Later'), group(null, '')])).toBe(
      'Now, Next, Later, No Stage',
    );
    expect(labels({ hidden: [2, null] }, [group(1, 'Now'), group(3, 'Later')])).toBe(
      'Now, (Next), Later, (No Stage)',
    );
    expect(labels({ desc: true }, [group(3, 'Later'), group(1, 'Now')])).toBe('Later, Next, Now');
  });

  it('follow the chosen order', () => {
    expect(labels({ order: [3, 1], hidden: [1] }, [group(3, 'Later'), group(2, 'Next')])).toBe(
      'Later, (Now), Next',
    );
    expect(labels({ order: [null, 2], hidden: [null] }, [group(2, 'Next'), group(1, 'Now')])).toBe(
      '(No Stage), Next, Now, Later',
    );
  });

  it('of people have their names, even when they are hidden', () => {
    const owner: FieldInfo = { ...stage, ref: 'f2', name: 'Owner', type: 'person', options: [] };
    expect(labels({ hidden: [7] }, [group(8, 'Bo')], owner)).toBe('(Ada), Bo');
  });

  it('are put in order and hidden', () => {
    const values = valuesOf({ by: { field: 'f1' }, field: stage, found: [], nameOf: () => undefined });
    expect(orderAfter(values, '3', '1')).toEqual([3, 1, 2]);
    expect(orderAfter(values, '1', undefined)).toEqual([2, 3, 1]);
    const [now] = values;
    expect(now && hiddenAfter({ field: 'f1', hidden: [3] }, now)).toEqual([3, 1]);
    expect(now && hiddenAfter({ field: 'f1', hidden: [1] }, { ...now, hidden: true })).toBeUndefined();
  });
});
