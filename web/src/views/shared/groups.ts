import { type OptionColor, optionColor } from '@/lib/colors.ts';
import { addDays, type Day, type Interval, intervalOf, isDay, precisions } from '@/lib/days.ts';
import { t } from '@/lib/i18n.ts';
import type { PendingValue } from '@/sync/overlay.ts';
import type { CellValue, FieldInfo, GroupBy, IdeaRow, Ref, ViewGroup } from '@/sync/types.ts';

/** Names a group by the values of its keys, the outermost first. */
export function pathOf(keys: readonly CellValue[]): string {
  return keys.map((key) => JSON.stringify(key)).join('/');
}

/** The keys that a path is made of. */
export function keysOf(path: string): CellValue[] {
  if (path === '') return [];
  const keys: CellValue[] = [];
  let rest = path;
  // Keys are JSON joined by "/", which a text may hold as well: the shortest readable part is a key.
  while (rest !== '') {
    let end = rest.indexOf('/');
    for (;;) {
      const part = end < 0 ? rest : rest.slice(0, end);
      try {
        keys.push(JSON.parse(part) as CellValue);
        break;
      } catch {
        if (end < 0) return keys;
        end = rest.indexOf('/', end + 1);
      }
    }
    rest = end < 0 ? '' : rest.slice(end + 1);
  }
  return keys;
}

/** What people call a group. */
export function groupLabel(group: Pick<ViewGroup, 'key' | 'label'>, field: FieldInfo | undefined): string {
  if (group.key === null) return t('list.noValue', { field: field?.name ?? '' });
  return group.label;
}

/** The colour of the option that a group stands for; undefined where it is none. */
export function groupColor(key: CellValue, field: FieldInfo | undefined): OptionColor | undefined {
  const option = field?.options.find((each) => each.id === key);
  return option && optionColor(option.color);
}

/** A value as it is shown: what was just set here, else what the server says. */
export function shownValue(
  row: IdeaRow,
  ref: Ref,
  pending: Readonly<Record<Ref, CellValue>> | undefined,
): CellValue {
  const own = pending?.[ref];
  return own === undefined ? (row.values[ref] ?? null) : own;
}

/** Field types of which a group's key, or for dates its unit, can be written into an idea. */
const writableGroups = new Set([
  'short_text',
  'number',
  'rating',
  'slider',
  'checkbox',
  'select',
  'multi_select',
  'person',
  'people',
  'labels',
  'date',
  'interval',
]);
const severalValues = new Set(['multi_select', 'people', 'labels']);

/** Whether ideas can be put into the groups of a field. */
export function canEnterGroups(field: FieldInfo): boolean {
  return !field.readOnly && writableGroups.has(field.type);
}

/** A grouping with its field. */
export interface Grouping extends Pick<GroupBy, 'unit'> {
  field: FieldInfo;
}

/** The groupings of a query; those of fields that are gone are left out. */
export function groupingsOf(
  groups: readonly GroupBy[] | null | undefined,
  field: (ref: Ref) => FieldInfo | undefined,
): Grouping[] {
  return (groups ?? []).flatMap((group) => {
    const info = field(group.field);
    return info ? [{ field: info, unit: group.unit }] : [];
  });
}

/** The interval that a group of that unit stands for. */
function intervalAt(first: Day, unit: string | undefined): Interval {
  if (unit === 'week') return { start: first, end: addDays(first, 6), precision: 'day' };
  const precision = precisions.find((each) => each === (unit ?? 'month')) ?? 'day';
  return intervalOf(first, first, precision);
}

/**
 * The value that puts an idea into a group. It is the group's key, a date becomes the first day of the group's unit and
 * an interval that unit; of fields with several values, the key takes the place of the group that the idea comes from.
 */
export function valueInGroup(
  { field, unit }: Grouping,
  key: CellValue,
  now: CellValue = null,
  from: CellValue = null,
): CellValue {
  if (field.type === 'checkbox' && key === false) return null;
  if (field.type === 'interval') return typeof key === 'string' && isDay(key) ? intervalAt(key, unit) : null;
  if (!severalValues.has(field.type)) return key;
  const values: (string | number)[] = Array.isArray(now) ? [...now] : [];
  const kept = values.filter((value) => value !== from && value !== key);
  const next = key === null ? kept : [...kept, key as string | number];
  return next.length > 0 ? (next as CellValue) : null;
}

/** A step from one group to another. */
export interface GroupStep {
  row: IdeaRow;
  /** What was set here and is not yet confirmed. */
  pending?: Readonly<Record<Ref, CellValue>>;
  from: readonly CellValue[];
  to: readonly CellValue[];
}

/** The values that bring an idea from one group to another, or the field of the grouping that cannot be written. */
export function groupValues(groupings: readonly Grouping[], step: GroupStep): PendingValue[] | FieldInfo {
  const { row, pending, from, to } = step;
  const values: PendingValue[] = [];
  for (const [at, grouping] of groupings.entries()) {
    const { field } = grouping;
    const [source, target] = [from[at] ?? null, to[at] ?? null];
    if (at >= to.length || JSON.stringify(source) === JSON.stringify(target)) continue;
    if (!canEnterGroups(field)) return field;
    const now = shownValue(row, field.ref, pending);
    values.push({ id: row.id, ref: field.ref, value: valueInGroup(grouping, target, now, source) });
  }
  return values;
}
