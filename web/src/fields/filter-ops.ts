import type { FieldTypeName } from '@/sync/types.ts';

/** What kind of value an operator compares with, and so how it is entered. */
export type OperandShape =
  | 'none'
  | 'text'
  | 'number'
  | 'numbers'
  | 'choices'
  | 'truth'
  | 'day'
  | 'days'
  | 'span'
  | 'unit';

/** The units of relative dates. */
export const spanUnits = ['day', 'week', 'month', 'quarter', 'half', 'year'] as const;
/** The units of "this …". */
export const thisUnits = ['week', 'month', 'quarter', 'half', 'year'] as const;

/** The operators that the interface knows by name. */
export const filterOps = [
  'contains',
  'not_contains',
  'is',
  'is_not',
  'starts_with',
  'ends_with',
  'eq',
  'ne',
  'gt',
  'gte',
  'lt',
  'lte',
  'between',
  'any_of',
  'all_of',
  'none_of',
  'on',
  'before',
  'after',
  'past',
  'next',
  'this',
  'overdue',
  'starts_before',
  'starts_after',
  'ends_before',
  'ends_after',
  'overlaps',
  'empty',
  'not_empty',
] as const;

/** The name of an operator. */
export type FilterOp = (typeof filterOps)[number];

/** An operator by its name on the wire. */
export function filterOp(name: string | undefined): FilterOp | undefined {
  return filterOps.find((op) => op === name);
}

const dayOps: readonly FilterOp[] = [
  'on',
  'before',
  'after',
  'starts_before',
  'starts_after',
  'ends_before',
  'ends_after',
];

/** What an operator of a field type compares with. */
export function operandShape(op: FilterOp, type: FieldTypeName): OperandShape {
  if (op === 'empty' || op === 'not_empty' || op === 'overdue') return 'none';
  if (dayOps.includes(op)) return 'day';
  if (op === 'overlaps') return 'days';
  if (op === 'between') return type === 'date' || type === 'time' ? 'days' : 'numbers';
  if (op === 'past' || op === 'next') return 'span';
  if (op === 'this') return 'unit';
  if (op === 'any_of' || op === 'all_of' || op === 'none_of') return 'choices';
  if (op === 'is' && type === 'checkbox') return 'truth';
  return ['eq', 'ne', 'gt', 'gte', 'lt', 'lte'].includes(op) ? 'number' : 'text';
}

/** The value that a new comparison starts with; undefined where one has to be entered first. */
export function initialOperand(shape: OperandShape): unknown {
  if (shape === 'truth') return true;
  if (shape === 'day') return 'today';
  if (shape === 'span') return { n: 30, unit: 'day' };
  return shape === 'unit' ? 'month' : undefined;
}

/** Whether an operand is complete, so that the comparison can be asked. */
export function isOperand(shape: OperandShape, value: unknown): boolean {
  switch (shape) {
    case 'none':
      return true;
    case 'text':
      return typeof value === 'string' && value.trim() !== '';
    case 'number':
      return typeof value === 'number';
    case 'numbers':
      return Array.isArray(value) && value.length === 2 && value.every((part) => typeof part === 'number');
    case 'choices':
      return Array.isArray(value) && value.length > 0;
    case 'days':
      return (
        Array.isArray(value) &&
        value.length === 2 &&
        value.every((part) => typeof part === 'string' && part !== '')
      );
    case 'span':
      return (
        typeof value === 'object' &&
        value !== null &&
        'n' in value &&
        typeof value.n === 'number' &&
        value.n > 0
      );
    case 'truth':
      return typeof value === 'boolean';
    default:
      return typeof value === 'string' && value !== '';
  }
}

/** A day as filters name it: fixed, or so many days from today. */
export type DayOperand = { kind: 'fixed'; day: string } | { kind: 'relative'; days: number };

/** Reads "2027-03-12", "today", "today+7" or "today-30". */
export function dayOperand(value: unknown): DayOperand | undefined {
  if (typeof value !== 'string') return undefined;
  const match = value.match(/^today([+-]\d+)?$/);
  if (match) return { kind: 'relative', days: Number(match[1] ?? 0) };
  return /^\d{4}-\d{2}-\d{2}$/.test(value) ? { kind: 'fixed', day: value } : undefined;
}

/** Writes a day for a filter. */
export function writeDay(operand: DayOperand): string {
  if (operand.kind === 'fixed') return operand.day;
  if (operand.days === 0) return 'today';
  return `today${operand.days > 0 ? '+' : ''}${operand.days}`;
}
