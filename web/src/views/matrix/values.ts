import type { CellValue, FieldInfo } from '@/sync/types.ts';

/** A value as a place on an axis: the likely number, and the ends of the range where it is one. */
export interface Reading {
  value: number;
  low?: number;
  high?: number;
}

/** Whether a field gives a number that an axis or a size can show. */
export function givesNumber(field: FieldInfo): boolean {
  switch (field.type) {
    case 'number':
    case 'rating':
    case 'slider':
    case 'checkbox':
    case 'formula':
    case 'votes':
    case 'evidence':
      return field.ref !== 'archived';
    case 'select':
    case 'multi_select':
      return field.options.some((option) => option.weight !== undefined && option.weight !== null);
    default:
      return false;
  }
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const finite = (value: unknown): number | undefined =>
  typeof value === 'number' && Number.isFinite(value) ? value : undefined;

/** Reads a range or a formula's cell: {low, likely, high} or {value, …}. */
function readObject(cell: Record<string, unknown>): Reading | undefined {
  const value = finite(cell.likely) ?? finite(cell.value);
  if (value === undefined) return isObject(cell.value) ? readObject(cell.value) : undefined;
  const [low, high] = [finite(cell.low), finite(cell.high)];
  if (low === undefined || high === undefined || low >= high) return { value };
  return { value, low: Math.min(low, value), high: Math.max(high, value) };
}

function weightOf(field: FieldInfo, id: unknown): number | undefined {
  return finite(field.options.find((option) => option.id === id)?.weight);
}

/**
 * The number that a cell stands for; undefined when it has none. An option counts as its weight, several as their sum,
 * a checkbox as 1 or 0, no comments and no votes as 0: as in formulas.
 */
export function readingOf(cell: CellValue | undefined, field: FieldInfo): Reading | undefined {
  if (field.type === 'checkbox') return { value: cell === true ? 1 : 0 };
  if (field.ref === 'comments' || field.type === 'votes') return { value: finite(cell) ?? 0 };
  if (cell === null || cell === undefined) return undefined;
  if (field.type === 'select') {
    const value = weightOf(field, cell);
    return value === undefined ? undefined : { value };
  }
  if (field.type === 'multi_select') {
    const weights = Array.isArray(cell) ? cell.flatMap((id) => weightOf(field, id) ?? []) : [];
    return weights.length === 0 ? undefined : { value: weights.reduce((sum, weight) => sum + weight, 0) };
  }
  const value = finite(cell);
  if (value !== undefined) return { value };
  return isObject(cell) ? readObject(cell) : undefined;
}
