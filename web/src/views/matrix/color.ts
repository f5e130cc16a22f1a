import { colorOf, type OptionColor, optionColor } from '@/lib/colors.ts';
import { formatNumber } from '@/lib/format.ts';
import { t } from '@/lib/i18n.ts';
import type { CellValue, FieldInfo, Person } from '@/sync/types.ts';

/** A value as a colour, and what it stands for. */
export interface Tint {
  color: OptionColor;
  label: string;
}

const ratingColors: readonly OptionColor[] = ['gray', 'amber', 'lime', 'teal', 'blue'];

/** The first of several values, or the one. */
const firstOf = (value: CellValue) => (Array.isArray(value) ? value[0] : value);

/** The colour of a field's value; undefined where there is no value. Of several values the first counts. */
export function tintOf(
  field: FieldInfo,
  value: CellValue,
  person: (id: number) => Person | undefined,
): Tint | undefined {
  const first: unknown = firstOf(value);
  switch (field.type) {
    case 'select':
    case 'multi_select': {
      const option = field.options.find((each) => each.id === first);
      return option && { color: optionColor(option.color), label: option.name };
    }
    case 'person':
    case 'people': {
      const found = typeof first === 'number' ? person(first) : undefined;
      return found && { color: colorOf(found.name), label: found.name };
    }
    case 'labels':
      return typeof first === 'string' ? { color: colorOf(first), label: first } : undefined;
    case 'checkbox':
      return first === true
        ? { color: 'green', label: field.name }
        : { color: 'gray', label: t('matrix.not', { field: field.name }) };
    case 'rating':
      return typeof first === 'number'
        ? { color: ratingColors[Math.round(first) - 1] ?? 'gray', label: formatNumber(first) }
        : undefined;
    default:
      return undefined;
  }
}

/** What the colours in sight stand for, the most frequent first. */
export function legendOf(tints: Iterable<Tint | undefined>): (Tint & { count: number })[] {
  const found = new Map<string, Tint & { count: number }>();
  for (const tint of tints) {
    if (!tint) continue;
    const known = found.get(tint.label);
    if (known) known.count += 1;
    else found.set(tint.label, { ...tint, count: 1 });
  }
  return [...found.values()].sort((a, b) => b.count - a.count);
}
