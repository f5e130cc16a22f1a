import { Plus, Trash2 } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import type { components } from '@/api/schema.d.ts';
import { t } from '@/lib/i18n.ts';
import type { CustomerField } from '@/sync/customers.ts';
import { Button, IconButton } from '@/ui/Button.tsx';
import { Field } from '@/ui/Field.tsx';
import { Select } from '@/ui/Select.tsx';
import { TextField } from '@/ui/TextField.tsx';
import css from './customers.module.css';

/** A customer field's definition as it is sent. */
export type FieldInput = components['schemas']['CustomerFieldInput'];
type Type = NonNullable<FieldInput['type']>;

const types: readonly Type[] = ['short_text', 'number', 'select', 'date'];

/** What a type of field is called. */
export function typeName(type: string): string {
  const names: Record<string, string> = {
    short_text: t('customers.fieldText'),
    number: t('customers.fieldNumber'),
    select: t('customers.fieldSelect'),
    date: t('customers.fieldDate'),
  };
  return names[type] ?? type;
}

/** A field's definition as it stands, to be sent with a change. */
export function inputOf({ name, type, options, unit, hidden, position }: CustomerField): FieldInput {
  return {
    name,
    type: type as Type,
    options: options ?? [],
    unit: unit ?? '',
    hidden: hidden ?? false,
    position,
  };
}

/** An option with the name that it had, "" for a new one, and a number that tells it from others. */
interface Choice {
  id: number;
  was: string;
  name: string;
}

/** Props of FieldForm. */
export interface FieldFormProps {
  /** Absent for a new one. */
  field?: CustomerField;
  busy: boolean;
  onSave: (body: FieldInput) => void;
  onCancel: () => void;
}

/** Makes a field of customers, or makes one otherwise: name, type, options, unit. */
export function FieldForm({ field, busy, onSave, onCancel }: FieldFormProps) {
  const [name, setName] = useState(field?.name ?? '');
  const [of, setOf] = useState<'company' | 'person'>('company');
  const [type, setType] = useState<Type>((field?.type as Type | undefined) ?? 'short_text');
  const [unit, setUnit] = useState(field?.unit ?? '');
  const [choices, setChoices] = useState<Choice[]>(
    (field?.options ?? []).map((option, id) => ({ id, was: option, name: option })),
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const kept = choices.filter((choice) => choice.name.trim() !== '');
    onSave({
      ...(field ? inputOf(field) : { of }),
      name,
      type,
      unit: type === 'number' ? unit : '',
      options: type === 'select' ? kept.map((choice) => choice.name.trim()) : [],
      renamed: Object.fromEntries(
        kept
          .filter((choice) => choice.was && choice.was !== choice.name.trim())
          .map((one) => [one.was, one.name.trim()]),
      ),
    });
  };
  return (
    <form className={css.fieldForm} onSubmit={submit}>
      <div className={css.pair}>
        <Field label={t('customers.fieldName')}>
          <TextField value={name} onValueChange={setName} autoFocus />
        </Field>
        <Field label={t('customers.fieldType')}>
          <Select
            options={types.map((value) => ({ value, label: typeName(value) }))}
            value={type}
            onValueChange={setType}
          />
        </Field>
        {!field && (
          <Field label={t('customers.fieldOf')}>
            <Select
              options={[
                { value: 'company', label: t('customers.company') },
                { value: 'person', label: t('customers.person') },
              ]}
              value={of}
              onValueChange={setOf}
            />
          </Field>
        )}
        {type === 'number' && (
          <Field label={t('customers.fieldUnit')} optional>
            <TextField value={unit} onValueChange={setUnit} />
          </Field>
        )}
      </div>
      {type === 'select' && <Choices choices={choices} onChange={setChoices} />}
      {field && field.type !== type && <p className={css.quiet}>{t('customers.fieldRetype')}</p>}
      <div className={css.bar}>
        <Button type="submit" tone="primary" busy={busy} disabled={name.trim() === ''}>
          {t(field ? 'ui.save' : 'customers.fieldAdd')}
        </Button>
        <Button onClick={onCancel}>{t('ui.cancel')}</Button>
      </div>
    </form>
  );
}

function Choices({
  choices,
  onChange,
}: {
  choices: readonly Choice[];
  onChange: (choices: Choice[]) => void;
}) {
  const next = Math.max(0, ...choices.map(({ id }) => id)) + 1;
  return (
    <fieldset className={css.choices}>
      <legend>{t('customers.fieldOptions')}</legend>
      {choices.map(({ id, was, name }) => (
        <span key={id} className={css.choice}>
          <TextField
            aria-label={t('customers.choice', { choice: was || name })}
            value={name}
            autoFocus={was === '' && name === ''}
            onValueChange={(to) =>
              onChange(choices.map((one) => (one.id === id ? { ...one, name: to } : one)))
            }
          />
          <IconButton
            label={t('customers.choiceDelete', { choice: name })}
            icon={Trash2}
            size="tiny"
            onClick={() => onChange(choices.filter((one) => one.id !== id))}
          />
        </span>
      ))}
      <span>
        <Button icon={Plus} onClick={() => onChange([...choices, { id: next, was: '', name: '' }])}>
          {t('customers.choiceAdd')}
        </Button>
      </span>
    </fieldset>
  );
}
