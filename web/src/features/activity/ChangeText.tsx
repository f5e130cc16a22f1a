import { typeOf } from '@/fields/registry.ts';
import { t } from '@/lib/i18n.ts';
import { viewOfRank } from '@/sync/attrs.ts';
import { useProject } from '@/sync/project.tsx';
import type { CellValue, FieldInfo } from '@/sync/types.ts';
import { partsChanged } from '@/views/shared/merged-parts.ts';
import css from './activity.module.css';
import { type Change, insightOf } from './by-idea.ts';

/** One change of an idea in words, with its values where it has some. */
export function ChangeText({ change }: { change: Change }) {
  const { field } = useProject();
  const words = ideaText(change);
  if (words !== undefined) return <>{words}</>;
  const info = field(change.attr ?? '');
  if (!info) return <>{t('idea.history.deletedField')}</>;
  return (
    <span className={css.change}>
      <span className={css.quiet}>{info.name}</span>
      <Value info={info} value={change.old} /> → <Value info={info} value={change.new} />
    </span>
  );
}

function Value({ info, value }: { info: FieldInfo; value: unknown }) {
  if (value === null || value === undefined) return <span className={css.quiet}>–</span>;
  const { Cell } = typeOf(info);
  return (
    <span className={css.value}>
      <Cell field={info} value={value as CellValue} />
    </span>
  );
}

/** What became of an idea as a whole; undefined where a value changed. */
function ideaText({ attr, old, new: after }: Change): string | undefined {
  if (!attr) return t(after === undefined ? 'activity.deleted' : 'activity.created');
  if (attr === 'description') return t('activity.edited');
  if (attr === 'rank' || viewOfRank(attr) !== undefined) return t('activity.moved');
  if (attr === 'archived') return t(after === true ? 'activity.archived' : 'activity.unarchived');
  if (attr === 'parts') return partsText(old, after);
  if (attr === 'mergedInto' || attr === 'unmerged' || attr === 'unlike') return t('activity.merged');
  return undefined;
}

/** Which ideas were merged into this one, or taken out again. */
function partsText(old: unknown, after: unknown): string {
  const { came, went } = partsChanged(old, after);
  return came ? t('activity.mergedIn', { ideas: came }) : t('activity.takenOut', { ideas: went });
}

const named = ['field', 'view', 'idea_type', 'section', 'member', 'project'] as const;

/** What became of things that are no ideas, in words; what reads alike is said once. */
export function textsOf(
  changes: readonly Change[],
  insights: Readonly<Record<string, string>> = {},
): string[] {
  const times = new Map<string, number>();
  for (const change of changes) {
    const words = otherText(change, insights[insightOf(change) ?? 0]);
    times.set(words, (times.get(words) ?? 0) + 1);
  }
  return [...times].map(([words, n]) => (n === 1 ? words : t('activity.times', { words, n })));
}

/** What became of something that is no idea. */
function otherText({ kind, attr, old, new: after }: Change, title: string | undefined): string {
  const how = attr ? 'changed' : after === undefined ? 'deleted' : 'created';
  if (kind === 'comment') return t(`activity.comment.${how}`);
  if (kind === 'insight')
    return title ? t(`activity.insight.${how}Named`, { title }) : t(`activity.insight.${how}`);
  if (kind === 'link') return t('activity.link');
  if (kind === 'evidence') return title ? t(`activity.evidence.${how}`, { title }) : t('activity.evidenceOf');
  if (kind === 'ballot') return t('activity.ballot');
  if (kind === 'run') return t('activity.import', { state: String(after) });
  const known = named.find((each) => each === kind) ?? 'project';
  const { attrs } = ((attr ? undefined : (after ?? old)) ?? {}) as { attrs?: { name?: string } };
  const name = attrs?.name ?? (attr === 'name' && typeof after === 'string' ? after : '');
  const words = { kind: t(`activity.kind.${known}`), name };
  return t(
    how === 'changed'
      ? 'activity.kindChanged'
      : how === 'deleted'
        ? 'activity.kindDeleted'
        : 'activity.kindCreated',
    words,
  );
}
