import { formatDay, isDay } from '@/lib/days.ts';
import { formatList, formatNumber } from '@/lib/format.ts';
import { type MessageId, t } from '@/lib/i18n.ts';
import type { Mention } from '@/sync/mentions.ts';
import type { FieldInfo, Filter, Person, Ref } from '@/sync/types.ts';
import { dayOperand, filterOp, operandShape, spanUnits, thisUnits } from './filter-ops.ts';
import { idList, textList } from './text.ts';

/** What a filter's references are named by. */
export interface FilterNames {
  field: (ref: Ref) => FieldInfo | undefined;
  person: (id: number) => Person | undefined;
  /** What is known of ideas. */
  ideas?: ReadonlyMap<number, Mention>;
}

/** A comparison in words: the field, the operator, the value ("" when it has none). */
export interface FilterWords {
  field: string;
  op: string;
  value: string;
}

function dayWords(value: unknown): string {
  const day = dayOperand(value);
  if (!day) return String(value ?? '');
  if (day.kind === 'fixed') return isDay(day.day) ? formatDay(day.day) : day.day;
  if (day.days === 0) return t('filter.today');
  return t(day.days > 0 ? 'filter.inDays' : 'filter.daysAgo', { n: Math.abs(day.days) });
}

/** The choices of a comparison, by name. */
export function choiceWords(field: FieldInfo, value: unknown, names: FilterNames): string[] {
  const list = Array.isArray(value) ? value : [value];
  return list.map((choice) => {
    if (choice === 'me') return t('filter.me');
    if (field.options.length > 0)
      return field.options.find((option) => option.id === choice)?.name ?? t('field.goneOption');
    if (field.type === 'parent' || field.type === 'connection') {
      const idea = names.ideas?.get(Number(choice));
      if (idea?.gone) return t('field.goneIdea');
      return idea?.hidden ? t('field.hiddenIdea') : (idea?.key ?? '…');
    }
    if (typeof choice === 'number') return names.person(choice)?.name ?? t('field.unknownPerson');
    return String(choice);
  });
}

function valueWords(field: FieldInfo, filter: Filter, names: FilterNames): string {
  const op = filterOp(filter.op);
  const { value } = filter;
  if (!op) return '';
  switch (operandShape(op, field.type)) {
    case 'none':
      return '';
    case 'truth':
      return t(value === true ? 'filter.checked' : 'filter.unchecked');
    case 'number':
      return typeof value === 'number' ? formatNumber(value) : '';
    case 'numbers':
      return idList(value)
        .map((part) => formatNumber(part))
        .join(' – ');
    case 'choices':
      return formatList(choiceWords(field, value, names), 'disjunction');
    case 'day':
      return dayWords(value);
    case 'days':
      return textList(value).map(dayWords).join(' – ');
    case 'span': {
      const { n = 0, unit } = (value ?? {}) as { n?: number; unit?: string };
      const known = spanUnits.find((each) => each === unit) ?? 'day';
      return t(`filter.span.${known}` satisfies MessageId, { n });
    }
    case 'unit': {
      const known = thisUnits.find((each) => each === value) ?? 'month';
      return t(`filter.unit.${known}` satisfies MessageId);
    }
    default:
      return typeof value === 'string' ? `“${value}”` : '';
  }
}

/** A comparison in words. A field that is gone says so. */
export function describeTest(filter: Filter, names: FilterNames): FilterWords {
  const field = names.field(filter.field ?? '');
  const op = filterOp(filter.op);
  if (!field || !op) return { field: t('filter.goneField'), op: '', value: '' };
  return { field: field.name, op: t(`filter.op.${op}`), value: valueWords(field, filter, names) };
}

/** The ideas that a filter names, by id. */
export function ideasOfFilter(filter: Filter | undefined, names: Pick<FilterNames, 'field'>): number[] {
  if (!filter) return [];
  const type = names.field(filter.field ?? '')?.type;
  const own = type === 'parent' || type === 'connection' ? idList(filter.value) : [];
  const inner = [...(filter.all ?? []), ...(filter.any ?? []), ...(filter.not ? [filter.not] : [])];
  return [...own, ...inner.flatMap((part) => ideasOfFilter(part, names))];
}

/** How many comparisons a filter has. */
export function countTests(filter: Filter): number {
  const inner = [...(filter.all ?? []), ...(filter.any ?? []), ...(filter.not ? [filter.not] : [])];
  return inner.reduce((sum, part) => sum + countTests(part), filter.field ? 1 : 0);
}
