import type { Column, FieldInfo, Ref, View } from '@/sync/types.ts';
import { readLooks, writeLooks } from '@/sync/view-looks.ts';
import type { Mapping, RunDetail } from './calls.ts';

/** The fields that a mapping fills, in the order of the file. */
export function filledFields(mapping: Mapping, fields: readonly FieldInfo[]): Ref[] {
  const found = (mapping.columns ?? []).flatMap(({ target, field, name }) => {
    if (target === 'field') return fields.find(({ id }) => id === field)?.ref ?? [];
    if (target === 'new') return fields.find((each) => each.name === name)?.ref ?? [];
    return [];
  });
  return [...new Set(found)];
}

/** Columns with those that are missing put first: what was brought in is what one wants to see. */
export function columnsWith(columns: readonly Column[], refs: readonly Ref[]): Column[] {
  const missing = refs.filter((ref) => !columns.some(({ field }) => field === ref));
  return [...missing.map((field) => ({ field })), ...columns];
}

/**
 * After an import that made fields, has the view show what was filled. Only for this person, who may save it: a view
 * belongs to everybody.
 */
export function showFilled(run: RunDetail, view: View | undefined, fields: readonly FieldInfo[]): void {
  if (!view || run.counts.fields === 0) return;
  const refs = filledFields(run.mapping, fields);
  const looks = readLooks(view.id);
  const columns = Array.isArray(looks.columns) ? (looks.columns as Column[]) : (view.columns ?? []);
  writeLooks(view.id, { ...looks, columns: columnsWith(columns, refs) });
}
