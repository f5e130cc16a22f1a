import { Ban, Plus } from 'lucide-react';
import { fieldType } from '@/fields/registry.ts';
import { formatNumber } from '@/lib/format.ts';
import { t } from '@/lib/i18n.ts';
import { Combobox, type ComboOption } from '@/ui/Combobox.tsx';
import { Select } from '@/ui/Select.tsx';
import { TextField } from '@/ui/TextField.tsx';
import type { Column, MappedColumn, Target } from './calls.ts';
import type { Fillable } from './home.ts';
import css from './importer.module.css';
import { asSentence, choiceOf, type NewFieldType, newFieldType, withChoice } from './mapping.ts';

/** Props of ColumnLine. */
export interface ColumnLineProps {
  column: Column;
  mapped: MappedColumn;
  targets: readonly Target[];
  fields: readonly Fillable[];
  /** The types that a new field can have. */
  types: readonly NewFieldType[];
  disabled: boolean;
  onChange: (mapped: MappedColumn) => void;
}

/** One column of a file: what is in it and where it goes. */
export function ColumnLine(props: ColumnLineProps) {
  const { column, mapped, targets, fields, types, disabled, onChange } = props;
  const choice = choiceOf(mapped, fields);
  return (
    <li className={css.mapLine} data-ignored={mapped.target === 'ignore' || undefined}>
      <div className={css.mapFrom}>
        <h4 className={css.columnName}>{column.name || t('importer.unnamed')}</h4>
        <p className={css.quiet}>
          {t(column.capped ? 'importer.filledMany' : 'importer.filled', {
            n: column.filled,
            distinct: formatNumber(column.distinct),
          })}
          {column.repeated > 1 && ` · ${t('importer.repeated', { n: column.repeated })}`}
        </p>
        {(column.samples ?? []).length > 0 && (
          <ul className={css.samples} aria-label={t('importer.samples', { column: column.name })}>
            {(column.samples ?? []).slice(0, 3).map((sample) => (
              <li key={sample} className={css.sample} title={sample}>
                {sample}
              </li>
            ))}
          </ul>
        )}
      </div>
      <div className={css.mapTo}>
        <Combobox
          label={t('importer.target', { column: column.name })}
          options={targetOptions(targets, fields)}
          placeholder={t('importer.fieldGone')}
          value={choice}
          disabled={disabled}
          // Choosing the same again leaves it as it is.
          onValueChange={(next) => next !== null && onChange(withChoice(column, next, types))}
        />
        {mapped.target === 'new' && (
          <NewField column={column} mapped={mapped} types={types} disabled={disabled} onChange={onChange} />
        )}
        {column.why && <p className={css.quiet}>{asSentence(column.why)}</p>}
      </div>
    </li>
  );
}

/** What a new field is called, and its type. */
function NewField({
  column,
  mapped,
  types,
  disabled,
  onChange,
}: Omit<ColumnLineProps, 'targets' | 'fields'>) {
  return (
    <div className={css.newField}>
      <TextField
        aria-label={t('importer.newName', { column: column.name })}
        aria-invalid={(mapped.name ?? '').trim() === ''}
        value={mapped.name ?? ''}
        disabled={disabled}
        onValueChange={(name) => onChange({ ...mapped, name })}
      />
      <Select
        aria-label={t('importer.newType', { column: column.name })}
        options={types.map((type) => ({
          value: type,
          label: t(`project.type.${type}`),
          icon: fieldType(type).icon,
        }))}
        value={newFieldType(mapped.type)}
        disabled={disabled}
        onValueChange={(type) => onChange({ ...mapped, type })}
      />
    </div>
  );
}

/** Everywhere a column can go, in the order of the server, the fields in the place of their target. */
function targetOptions(targets: readonly Target[], fields: readonly Fillable[]): ComboOption[] {
  return targets.flatMap(({ target, label }): ComboOption[] => {
    if (target === 'field') {
      return fields.map(({ id, name, type }) => ({
        value: `field:${id}`,
        label: name,
        icon: fieldType(type).icon,
        hint: t('importer.field'),
      }));
    }
    const icon = target === 'ignore' ? Ban : target === 'new' ? Plus : undefined;
    return [{ value: target, label, ...(icon ? { icon } : {}) }];
  });
}
