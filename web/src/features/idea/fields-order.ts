import type { FieldInfo, Ref } from '@/sync/types.ts';

/** The fields of the panel, in the order they are shown. */
export interface FieldGroups {
  /** Those of the view around, then the pinned ones. */
  first: FieldInfo[];
  /** What is folded away at first. */
  rest: FieldInfo[];
}

/** Sorts a project's fields for the panel: this view's in its order, pinned, the rest; hidden ones only when the view shows them. */
export function groupFields(fields: readonly FieldInfo[], viewRefs: readonly Ref[]): FieldGroups {
  const known = new Map(fields.map((field) => [field.ref, field]));
  const inView = viewRefs.flatMap((ref) => known.get(ref) ?? []);
  const chosen = new Set(inView.map((field) => field.ref));
  const pinned = fields.filter((field) => field.pinned && !field.hidden && !chosen.has(field.ref));
  for (const field of pinned) chosen.add(field.ref);
  const rest = fields.filter((field) => !field.hidden && !chosen.has(field.ref));
  const first = [...inView, ...pinned];
  return first.length > 0 ? { first, rest } : { first: rest, rest: [] };
}
