import { typeOf } from '@/fields/registry.ts';
import type { CodecContext } from '@/fields/types.ts';
import { t } from '@/lib/i18n.ts';
import type { ChangedIdea, Changes } from '@/sync/since.ts';
import type { CellValue, FieldInfo, Person, Ref } from '@/sync/types.ts';
import { sinceWhen } from './when.ts';

/** What a text about changes needs of the project. */
export interface TextAround {
  view: string;
  field: (ref: Ref) => FieldInfo | undefined;
  person: (id: number) => Person | undefined;
  codec: CodecContext;
}

/** What changed, as Markdown to paste elsewhere. */
export function textOfChanges(changes: Changes, around: TextAround): string {
  const head = `**${around.view}**: ${t('since.count', { n: changes.changed, when: sinceWhen(changes.since) })}`;
  return `${head}\n\n${(changes.ideas ?? []).map((idea) => lineOf(idea, around)).join('\n')}\n`;
}

function lineOf(
  { key, title, marks, how, fields, why }: ChangedIdea,
  { field, person, codec }: TextAround,
): string {
  const facts = (fields ?? []).flatMap(({ field: ref, was, is }) => {
    const info = field(ref);
    return info ? `${info.name} ${valueText(info, was, codec)} → ${valueText(info, is, codec)}` : [];
  });
  const words = (marks ?? []).map((mark) => t(`since.mark.${mark}` as 'since.mark.added'));
  const reasons = (why ?? []).flatMap(({ reason, actor }) =>
    reason ? `“${reason}” (${person(actor ?? 0)?.name ?? 'Cairn'})` : [],
  );
  const said = [how && t(`since.how.${how}` as 'since.how.created'), ...facts, ...reasons].filter(Boolean);
  return `- **${key} ${title}** (${words.join(', ')})${said.length > 0 ? `: ${said.join('; ')}` : ''}`;
}

function valueText(info: FieldInfo, value: unknown, codec: CodecContext): string {
  if (value === null || value === undefined) return t('since.empty');
  return typeOf(info).toText(value as CellValue, info, codec);
}
