import { formulaIn } from '@/fields/formula/index.tsx';
import { typeOf } from '@/fields/registry.ts';
import type { CodecContext } from '@/fields/types.ts';
import { formatComputed, formatStyled } from '@/lib/format.ts';
import { t } from '@/lib/i18n.ts';
import type { ChangedIdea, Changes } from '@/sync/since.ts';
import type { CellValue, FieldInfo, Person, Ref } from '@/sync/types.ts';

/** What a text about changes needs of the project. */
export interface TextAround {
  view: string;
  /** How many ideas changed, and when. */
  count: string;
  field: (ref: Ref) => FieldInfo | undefined;
  person: (id: number) => Person | undefined;
  codec: CodecContext;
}

/** What changed, as Markdown to paste elsewhere. */
export function textOfChanges(changes: Changes, around: TextAround): string {
  const ideas = changes.ideas ?? [];
  const lines = ideas.map((idea) => lineOf(idea, around));
  const rest = changes.total - ideas.length;
  if (rest > 0) lines.push(`- ${t('since.rest', { n: rest })}`);
  return `**${around.view}**: ${around.count}\n\n${lines.join('\n')}\n`;
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
  const number = info.type === 'formula' ? formulaIn(value as CellValue).value : value;
  // As it is shown: with its unit, and without the fifteenth digit of a score.
  if (typeof number === 'number' && info.number) return formatStyled(number, info.number);
  if (typeof number === 'number' && info.type === 'formula') return formatComputed(number);
  return typeOf(info).toText(value as CellValue, info, codec);
}
