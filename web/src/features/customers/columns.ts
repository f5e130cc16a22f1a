import { parseNumber } from '@/fields/text.ts';
import { t } from '@/lib/i18n.ts';
import type { Customer, CustomerField, CustomerType } from '@/sync/customers.ts';
import type { CellValue, FieldInfo } from '@/sync/types.ts';

/** Something that customers have, as the editors of fields see it. */
export interface Column {
  /** What it is sorted by. */
  key: string;
  field: FieldInfo;
  width: number;
  /** Whose it is; of both when absent. */
  of?: CustomerType;
  /** Nobody sets it. */
  readOnly?: true;
  read: (customer: Customer) => CellValue;
  /** What a request says that sets it. */
  patch: (value: CellValue) => Record<string, unknown>;
}

const types: Record<string, FieldInfo['type']> = {
  short_text: 'short_text',
  number: 'number',
  select: 'select',
  date: 'date',
};

/** A customer field as the editors of fields see it: its options are numbered as they stand. */
export function fieldInfo({ ref, name, type, options, unit, position, hidden }: CustomerField): FieldInfo {
  return {
    ref,
    name,
    type: types[type] ?? 'short_text',
    options: (options ?? []).map((option, at) => ({ id: at + 1, name: option, color: 'gray' })),
    ...(unit ? { number: { style: 'number', unit } as FieldInfo['number'] } : {}),
    hidden,
    position,
  };
}

/** A customer field as a column. */
export function fieldColumn(custom: CustomerField): Column {
  const field = fieldInfo(custom);
  const options = custom.options ?? [];
  const choice = custom.type === 'select';
  return {
    key: custom.ref,
    field,
    width: choice ? 150 : custom.type === 'short_text' ? 180 : 130,
    of: custom.of === 'person' ? 'person' : 'company',
    read: ({ values }) => {
      const value: unknown = values?.[custom.ref];
      if (choice) return typeof value === 'string' ? options.indexOf(value) + 1 || null : null;
      return typeof value === 'string' || typeof value === 'number' ? value : null;
    },
    patch: (value) => ({
      values: { [custom.ref]: choice && typeof value === 'number' ? (options[value - 1] ?? null) : value },
    }),
  };
}

function own(key: 'name' | 'email' | 'insights', type: FieldInfo['type']): Omit<Column, 'width'> {
  return {
    key,
    field: { ref: `customer-${key}`, name: t(`customers.${key}`), type, options: [], position: 0 },
    read: (customer) => customer[key] ?? null,
    patch: (value) => ({ [key]: value ?? '' }),
  };
}

/** The columns of a list of customers: all of them, or those of one type. */
export function columnsOf(fields: readonly CustomerField[], type: CustomerType | 'all'): Column[] {
  return [
    { ...own('name', 'short_text'), width: 240 },
    ...(type === 'company' ? [] : [{ ...own('email', 'short_text'), width: 200, of: 'person' as const }]),
    ...fields.filter(({ of, hidden }) => !hidden && (type === 'all' || of === type)).map(fieldColumn),
    { ...own('insights', 'number'), width: 96, readOnly: true },
  ];
}

/** Whether a customer's value of a column can be set. */
export const settable = (column: Column, customer: Customer) =>
  !column.readOnly && (!column.of || column.of === customer.type);

/** A text as a plain number, which is all that a customer has; undefined when it is none. */
export function plainNumber(text: string): number | null | undefined {
  return text.trim() === '' ? null : parseNumber(text);
}
