import type { components } from '@/api/schema.d.ts';
import { type MessageId, t } from '@/lib/i18n.ts';
import type { Change } from '@/sync/types.ts';

/** One step of an idea's history, as the server keeps it. */
export type HistorySet = components['schemas']['ChangeSet'];

/** Attributes that every write touches or that say nothing to a reader. */
const silent = new Set([
  'updatedAt',
  'updatedBy',
  'number',
  'source',
  'sourceId',
  'createdAt',
  'createdBy',
  'unmerged',
  'unlike',
]);

/** The changes of a step that are worth showing. */
export function visibleChanges(set: HistorySet): Change[] {
  return (set.changes ?? []).filter((change) => !change.attr || !silent.has(change.attr));
}

/** Steps that say something, each with what it says. */
export function visibleSteps(sets: readonly HistorySet[]): { set: HistorySet; changes: Change[] }[] {
  return sets.flatMap((set) => {
    const changes = visibleChanges(set);
    return changes.length > 0 ? [{ set, changes }] : [];
  });
}

const origins: Record<string, MessageId> = {
  api: 'idea.history.origin.api',
  import: 'idea.history.origin.import',
  undo: 'idea.history.origin.undo',
  cli: 'idea.history.origin.cli',
  retype: 'idea.history.origin.retype',
  demo: 'idea.history.origin.demo',
};

/** How a change came in, in words; undefined for edits by hand in this app. */
export function originText(origin: string | undefined): string | undefined {
  const known = origin && origins[origin.split(':')[0] ?? ''];
  return known ? t(known) : undefined;
}

/** Whether the old value of a change can be brought back by itself. */
export function restorable(change: Change): boolean {
  const { attr } = change;
  if (!attr) return false;
  return /^f\d+$/.test(attr) || attr === 'title' || attr === 'description' || attr === 'archived';
}
