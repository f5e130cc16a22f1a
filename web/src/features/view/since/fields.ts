import type { FieldInfo, Ref, ViewInput } from '@/sync/types.ts';
import { viewKind } from '@/views/registry.ts';

/** What says nothing by itself: the key never changes, and whoever gets a child was not changed. */
const silent: ReadonlySet<Ref> = new Set(['key', 'children']);

/** The fields that a view shows, wherever it shows them: those are looked at for changes. */
export function comparedFields(definition: ViewInput, fields: readonly FieldInfo[]): Ref[] {
  const shown = (definition.columns ?? []).map((column) => column.field);
  const needed = viewKind(definition.kind).refs?.(definition, fields) ?? [];
  return [...new Set([...shown, ...needed.filter((ref) => !silent.has(ref))])].filter((ref) => ref !== 'key');
}
