import { number } from '@/fields/number/index.tsx';
import { fieldType } from '@/fields/registry.ts';
import type { FieldType } from '@/fields/types.ts';
import { t } from '@/lib/i18n.ts';
import type { Customer, CustomerField, CustomerType } from '@/sync/customers.ts';
import type { CellValue, FieldInfo, Filter } from '@/sync/types.ts';
import type { SheetColumn } from '@/views/shared/sheet/plan.ts';
import { CompanyEditor } from './CompanyEditor.tsx';
import { PlainNumberEditor } from './PlainNumberEditor.tsx';
import { plainNumber } from './plain-number.ts';

/** Something that customers have, as the editors of fields see it. */
export interface Column extends SheetColumn {
  /** What it is called in requests: what it is sorted and filtered by. */
  key: string;
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

/** Numbers of customers are plain ones, never ranges. */
const plain: FieldType = {
  ...number,
  Editor: PlainNumberEditor,
  fromText: (text) => {
    const value = plainNumber(text);
    return value === undefined ? { error: t('customers.noNumber', { text }) } : { value };
  },
};

/** Companies are known by their names. */
const company: FieldType = { ...fieldType('short_text'), Editor: CompanyEditor };

const editedBy = (field: FieldInfo) => (field.type === 'number' ? plain : fieldType(field.type));

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
    type: editedBy(field),
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

type OwnKey = 'name' | 'email' | 'company' | 'insights';

function own(key: OwnKey, type: FieldInfo['type']): Omit<Column, 'width'> {
  const field: FieldInfo = { ref: key, name: t(`customers.${key}`), type, options: [], position: 0 };
  return {
    key,
    field,
    type: editedBy(field),
    read: (customer) => customer[key] || null,
    patch: (value) => ({ [key]: value ?? '' }),
  };
}

/** The columns of a list of customers: all of them, or those of one type. */
export function columnsOf(fields: readonly CustomerField[], type: CustomerType | 'all'): Column[] {
  const person: Column[] = [
    { ...own('email', 'short_text'), width: 200, of: 'person' },
    {
      ...own('company', 'short_text'),
      type: company,
      width: 180,
      of: 'person',
      read: ({ companyName }) => companyName || null,
      patch: (value) => ({ companyName: value ?? '' }),
    },
  ];
  return [
    { ...own('name', 'short_text'), width: 240 },
    ...(type === 'company' ? [] : person),
    ...fields.filter(({ of, hidden }) => !hidden && (type === 'all' || of === type)).map(fieldColumn),
    { ...own('insights', 'number'), read: ({ insights }) => insights, width: 96, readOnly: true },
  ];
}

/** Whether a customer's value of a column can be set. */
export const settable = (column: Column, customer: Customer) =>
  !column.readOnly && (!column.of || column.of === customer.type);

/** Why a customer's cell cannot have a value; undefined when it can. */
export function refusalOf(column: Column, customer: Customer, value: CellValue): string | undefined {
  const { name } = column.field;
  const empty = value === null || String(value).trim() === '';
  if (column.key === 'name') return empty ? t('customers.nameNeeded') : undefined;
  // What is empty by nature may be emptied along with its neighbours.
  if (settable(column, customer) || (empty && !column.readOnly)) return undefined;
  if (column.readOnly) return t('customers.counted', { field: name });
  return t(column.of === 'person' ? 'customers.ofPeople' : 'customers.ofCompanies', { field: name });
}

/** A filter with the choices of its comparisons put otherwise. */
function withChoices(
  filter: Filter,
  columns: readonly Column[],
  put: (choice: unknown, field: FieldInfo) => string | number | undefined,
): Filter {
  const each = (parts: readonly Filter[]) => parts.map((part) => withChoices(part, columns, put));
  if (filter.all) return { all: each(filter.all) };
  if (filter.any) return { any: each(filter.any) };
  if (filter.not) return { not: withChoices(filter.not, columns, put) };
  const field = columns.find(({ key }) => key === filter.field)?.field;
  if (field?.type !== 'select' || !Array.isArray(filter.value)) return filter;
  return { ...filter, value: filter.value.flatMap((choice: unknown) => put(choice, field) ?? []) };
}

/** A filter as it is sent and noted: options by their names, since their numbers move. */
export function namedFilter(filter: Filter, columns: readonly Column[]): Filter {
  return withChoices(filter, columns, (id, { options }) => options.find((option) => option.id === id)?.name);
}

/** A filter as it is edited: options by their numbers. */
export function numberedFilter(filter: Filter, columns: readonly Column[]): Filter {
  return withChoices(filter, columns, (name, { options }) => options.find((each) => each.name === name)?.id);
}
