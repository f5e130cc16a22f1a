import { describeTest, type FilterNames } from '@/fields/describe.ts';
import { formatList } from '@/lib/format.ts';
import { t } from '@/lib/i18n.ts';
import type { Filter } from '@/sync/types.ts';

/** A part of a filter in words: of a comparison its three parts, of a group one text. */
export interface PartWords {
  field: string;
  op?: string;
  value?: string;
}

const joined = (words: PartWords) => [words.field, words.op, words.value].filter(Boolean).join(' ');

function groupWords(filter: Filter, names: FilterNames): string {
  const inner = (parts: readonly Filter[]) =>
    parts.map((part) =>
      part.field || part.not ? joined(partWords(part, names)) : `(${groupWords(part, names)})`,
    );
  if (filter.all) return formatList(inner(filter.all), 'conjunction');
  if (filter.any) return formatList(inner(filter.any), 'disjunction');
  if (!filter.not) return joined(partWords(filter, names));
  const { not } = filter;
  return t(not.all ? 'filter.notAll' : 'filter.neither', {
    parts: not.all
      ? formatList(inner(not.all), 'conjunction')
      : formatList(inner(not.any ?? [not]), 'disjunction'),
  });
}

/** One part of a filter as a person would say it. */
export function partWords(filter: Filter, names: FilterNames): PartWords {
  return filter.field ? describeTest(filter, names) : { field: groupWords(filter, names) };
}

/** A condition with its fields by name instead of by reference: "{f17} > 3" as "{Impact} > 3". */
export function whereWords(where: string, { field }: Pick<FilterNames, 'field'>): string {
  return where.replace(/\{(f\d+)\}/g, (whole, ref: string) => {
    const name = field(ref)?.name;
    return name === undefined ? whole : `{${name}}`;
  });
}

/** The same for reading only: names that are fields stand without braces. */
export function whereReading(where: string, names: Pick<FilterNames, 'field'>): string {
  return whereWords(where, names).replace(/\{([^{}]+)\}/g, '$1');
}
