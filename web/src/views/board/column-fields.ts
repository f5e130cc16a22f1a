import { useMemo } from 'react';
import { useProject } from '@/sync/project.tsx';
import type { FieldInfo, GroupBy } from '@/sync/types.ts';
import { useFieldTypes } from '@/sync/use-views.ts';

const dated = new Set(['date', 'interval', 'time']);
const unfit = new Set(['title', 'key']);
/** Types in the order in which they make good columns. */
const best = [
  'select',
  'person',
  'interval',
  'rating',
  'checkbox',
  'date',
  'multi_select',
  'labels',
  'people',
];

/** The fields that columns or swimlanes can be made of, those that do it best first. */
export function useColumnFields(): FieldInfo[] {
  const { allFields } = useProject();
  const facts = useFieldTypes();
  return useMemo(() => {
    const place = (field: FieldInfo) => {
      const at = best.indexOf(field.type);
      return (at < 0 ? best.length : at) + (field.readOnly ? 100 : 0);
    };
    return allFields
      .filter((field) => !unfit.has(field.ref) && facts.get(field.type)?.groupable)
      .sort((a, b) => place(a) - place(b) || a.position - b.position);
  }, [allFields, facts]);
}

/** A grouping by a field, as a board wants it at first: empty columns are places to drop on. */
export function groupingBy(field: FieldInfo): GroupBy {
  return {
    field: field.ref,
    showEmpty: true,
    ...(dated.has(field.type) ? { unit: field.type === 'interval' ? 'quarter' : 'month' } : {}),
  };
}

/** Whether a field's groups are units of time. */
export function isDated(field: FieldInfo | undefined): boolean {
  return field !== undefined && dated.has(field.type);
}
