import { formatDay, isDay } from '@/lib/days.ts';
import { formatNumber, formatStyled } from '@/lib/format.ts';
import type { FieldInfo, Rollup, RollupValue } from '@/sync/types.ts';

/** The summaries that make sense for any field. */
const counts = ['count', 'filled', 'empty'] as const;
const sums = ['sum', 'average', 'median', 'min', 'max', 'range'] as const;
const ends = ['min', 'max', 'range'] as const;

/** The summaries that a field can have. */
export function rollupOps(field: FieldInfo, numeric: boolean): readonly string[] {
  if (numeric) return [...counts, ...sums];
  if (field.type === 'date' || field.type === 'time' || field.type === 'interval')
    return [...counts, ...ends];
  return counts;
}

/** A roll-up's value as text, in the format of its field where it is one of its values. */
export function rollupText({ op, value }: RollupValue, field: FieldInfo | undefined): string {
  if (value === null) return '–';
  if (typeof value === 'string') return isDay(value) ? formatDay(value) : value;
  if ((counts as readonly string[]).includes(op) || !field) return formatNumber(value);
  if (field.number && (field.type === 'number' || field.type === 'slider' || field.type === 'formula')) {
    const decimals = field.number.decimals ?? (op === 'average' || op === 'median' ? 1 : undefined);
    return formatStyled(value, { ...field.number, decimals });
  }
  return formatNumber(value, { maximumFractionDigits: op === 'sum' ? 2 : 1 });
}

/** How two groups' values of a summary make that of both; an average does not follow from two. */
function joined(op: string, a: RollupValue['value'], b: RollupValue['value']): RollupValue['value'] {
  if (a === null || b === null) return a ?? b;
  if (op === 'min') return a < b ? a : b;
  if (op === 'max') return a > b ? a : b;
  return typeof a === 'number' && typeof b === 'number' ? a + b : null;
}

const joinable = new Set<string>([...counts, 'sum', 'min', 'max']);

/** The roll-ups of several groups together, as far as they follow from theirs. */
export function joinRollups(...groups: (readonly RollupValue[])[]): RollupValue[] {
  const all = new Map<string, RollupValue>();
  for (const rollup of groups.flat()) {
    if (!joinable.has(rollup.op)) continue;
    const key = `${rollup.op} ${rollup.field}`;
    const known = all.get(key);
    all.set(key, known ? { ...known, value: joined(rollup.op, known.value, rollup.value) } : rollup);
  }
  return [...all.values()];
}

/** The roll-ups with another (or no) summary for a field. */
export function withRollup(rollups: readonly Rollup[], ref: string, op: string | undefined): Rollup[] {
  const others = rollups.filter((rollup) => rollup.field !== ref);
  return op === undefined ? others : [...others, { field: ref, op }];
}

/** The names of the summaries, as the messages know them. */
export type RollupName = (typeof counts)[number] | (typeof sums)[number];

/** A summary's name as the messages know it. */
export function rollupName(op: string): RollupName {
  return [...counts, ...sums].find((name) => name === op) ?? 'count';
}
