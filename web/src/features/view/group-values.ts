import { type OptionColor, optionColor } from '@/lib/colors.ts';
import { t } from '@/lib/i18n.ts';
import type { CellValue, FieldInfo, GroupBy, ViewGroup } from '@/sync/types.ts';

/** A value that ideas are grouped by, as a line of the panel. */
export interface GroupValue {
  /** The key as JSON, by which values are told apart. */
  id: string;
  key: CellValue;
  label: string;
  color?: OptionColor;
  hidden: boolean;
}

interface Asked {
  by: GroupBy;
  field: FieldInfo;
  found: readonly ViewGroup[];
  /** The name of a person. */
  nameOf: (id: number) => string | undefined;
}

const people = new Set(['person', 'people']);

/** Everything that a grouping shows or could show, in the order of the groups; hidden ones where they would stand. */
export function valuesOf({ by, field, found, nameOf }: Asked): GroupValue[] {
  const labels = new Map<string, string>();
  const natural: CellValue[] = field.options.map((option) => option.id);
  if (field.type === 'rating') natural.push(1, 2, 3, 4, 5);
  if (field.type === 'checkbox') natural.push(false, true);
  if (by.desc) natural.reverse();
  for (const option of field.options) labels.set(JSON.stringify(option.id), option.name);
  for (const group of found) labels.set(JSON.stringify(group.key), group.label);
  const keys = [...new Set(found.map((group) => JSON.stringify(group.key)))];
  const have = new Set(keys);
  const listed = (list: unknown[] | null | undefined) =>
    (list ?? []).map((key) => JSON.stringify(key ?? null));
  const rest = [...natural.map((key) => JSON.stringify(key)), ...listed(by.order), ...listed(by.hidden)];
  const hidden = new Set(listed(by.hidden));
  const order = listed(by.order);
  // Found groups are in order, chosen ones first; another one goes behind the last of those that come before it.
  const free = rest.filter((id) => !order.includes(id));
  for (const id of rest) {
    if (have.has(id)) continue;
    have.add(id);
    const chosen = order.includes(id);
    const first = chosen ? 0 : keys.filter((key) => order.includes(key)).length;
    if (id === 'null' && !chosen) keys.push(id);
    else keys.splice(placeIn(chosen ? order : free, id, keys) ?? first, 0, id);
  }
  return keys.map((id) => {
    const key = JSON.parse(id) as CellValue;
    const option = field.options.find((each) => each.id === key);
    const name = people.has(field.type) && typeof key === 'number' ? nameOf(key) : undefined;
    return {
      id,
      key,
      label:
        key === null ? t('list.noValue', { field: field.name }) : (labels.get(id) ?? name ?? String(key)),
      ...(option && { color: optionColor(option.color) }),
      hidden: hidden.has(id),
    };
  });
}

/** Where a value goes behind those that an order names before it; undefined when none of them is there. */
function placeIn(order: readonly string[], id: string, keys: readonly string[]): number | undefined {
  const before = order.slice(0, order.indexOf(id)).findLast((other) => keys.includes(other));
  return before === undefined ? undefined : keys.indexOf(before) + 1;
}

/** The order after one value was put before another (or last). */
export function orderAfter(
  values: readonly GroupValue[],
  id: string,
  before: string | undefined,
): unknown[] | undefined {
  const moved = values.find((value) => value.id === id);
  if (!moved || id === before) return undefined;
  const others = values.filter((value) => value.id !== id);
  const at = others.findIndex((value) => value.id === before);
  const next = at < 0 ? [...others, moved] : [...others.slice(0, at), moved, ...others.slice(at)];
  return next.map((value) => value.key);
}

/** The hidden values after one was hidden or shown. */
export function hiddenAfter(by: GroupBy, value: GroupValue): unknown[] | undefined {
  const others = (by.hidden ?? []).filter((key) => JSON.stringify(key ?? null) !== value.id);
  const next = value.hidden ? others : [...others, value.key];
  return next.length > 0 ? next : undefined;
}
