import { t } from '@/lib/i18n.ts';
import type { CustomerField } from '@/sync/customers.ts';
import { DatePicker } from '@/ui/DatePicker.tsx';
import { NumberField } from '@/ui/NumberField.tsx';
import { Select } from '@/ui/Select.tsx';
import { TextField } from '@/ui/TextField.tsx';
import css from './customers.module.css';

/** What values must be: of which field, and what. */
export interface ValueFilter {
  ref: string;
  /** What stands behind the reference, sign and value. */
  rest: string;
}

/** The filter as the server reads it; none while it says nothing. */
export function whereOf({ ref, rest }: ValueFilter): string[] | undefined {
  return ref === '' || rest === '' ? undefined : [`${ref}${rest}`];
}

/** Props of FilterBar. */
export interface FilterBarProps {
  fields: readonly CustomerField[];
  filter: ValueFilter;
  onFilterChange: (filter: ValueFilter) => void;
}

/** Narrows a list of customers to values of one field. */
export function FilterBar({ fields, filter, onFilterChange }: FilterBarProps) {
  const field = fields.find(({ ref }) => ref === filter.ref);
  return (
    <>
      <Select
        className={css.filter}
        aria-label={t('customers.filter')}
        options={[
          { value: '', label: t('customers.filterNone') },
          ...fields.map(({ ref, name }) => ({ value: ref, label: name })),
        ]}
        value={field ? filter.ref : ''}
        onValueChange={(ref) => onFilterChange({ ref, rest: '' })}
      />
      {field && (
        <Value
          key={field.ref}
          field={field}
          rest={filter.rest}
          onChange={(rest) => onFilterChange({ ref: field.ref, rest })}
        />
      )}
    </>
  );
}

interface ValueProps {
  field: CustomerField;
  rest: string;
  onChange: (rest: string) => void;
}

function Value({ field, rest, onChange }: ValueProps) {
  const value = rest.replace(/^(?:[<>]=|[=~])/, '');
  if (field.type === 'select') {
    return (
      <Select
        className={css.filter}
        aria-label={t('customers.filterIs', { field: field.name })}
        options={[
          { value: '', label: t('customers.filterAny') },
          ...(field.options ?? []).map((option) => ({ value: `=${option}`, label: option })),
          { value: '=', label: t('customers.none') },
        ]}
        value={rest}
        onValueChange={onChange}
      />
    );
  }
  if (field.type === 'number') {
    return (
      <NumberField
        className={css.filter}
        aria-label={t('customers.filterLeast', { field: field.name })}
        placeholder={t('customers.atLeast')}
        suffix={field.unit}
        value={value === '' ? null : Number(value)}
        onValueChange={(next) => onChange(next === null ? '' : `>=${next}`)}
      />
    );
  }
  if (field.type === 'date') {
    return (
      <DatePicker
        label={t('customers.filterFrom', { field: field.name })}
        placeholder={t('customers.from')}
        value={value || null}
        onValueChange={(day) => onChange(day ? `>=${day}` : '')}
      />
    );
  }
  return (
    <TextField
      className={css.search}
      clearable
      aria-label={t('customers.filterHolds', { field: field.name })}
      placeholder={t('customers.holds')}
      value={value}
      onValueChange={(text) => onChange(text.trim() === '' ? '' : `~${text}`)}
    />
  );
}
