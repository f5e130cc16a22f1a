import { Trash2 } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { client, send } from '@/api/client.ts';
import { t } from '@/lib/i18n.ts';
import { type CustomerType, useCustomerFields } from '@/sync/customers.ts';
import { Banner } from '@/ui/Banner.tsx';
import { Button, IconButton } from '@/ui/Button.tsx';
import { Dialog } from '@/ui/Dialog.tsx';
import { Field } from '@/ui/Field.tsx';
import { Select } from '@/ui/Select.tsx';
import { TextField } from '@/ui/TextField.tsx';
import css from './customers.module.css';
import { useWrite } from './use-write.ts';

const types = ['short_text', 'number', 'select'] as const;
const empty = {
  of: 'company' as CustomerType,
  name: '',
  type: 'short_text' as (typeof types)[number],
  options: '',
  unit: '',
};

/** What the workspace notes of its customers. */
export function FieldsDialog({ onClose }: { onClose: () => void }) {
  const fields = useCustomerFields();
  const { write, error, busy } = useWrite();
  const [draft, setDraft] = useState(empty);
  const set = (patch: Partial<typeof empty>) => setDraft((last) => ({ ...last, ...patch }));
  const names = {
    short_text: t('customers.fieldText'),
    number: t('customers.fieldNumber'),
    select: t('customers.fieldSelect'),
  };
  const add = async (event: FormEvent) => {
    event.preventDefault();
    const { of, name, type, options, unit } = draft;
    const body = {
      of,
      name,
      type,
      ...(type === 'select'
        ? {
            options: options
              .split(',')
              .map((one) => one.trim())
              .filter(Boolean),
          }
        : {}),
      ...(type === 'number' && unit ? { unit } : {}),
    };
    if (await write((headers) => send(client.POST('/customer-fields', { body, headers })))) setDraft(empty);
  };
  const remove = (field: number) =>
    void write((headers) =>
      send(client.DELETE('/customer-fields/{field}', { params: { path: { field } }, headers })),
    );
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t('customers.fieldsTitle')}
      description={t('customers.fieldsText')}
    >
      <div className={css.form}>
        {error && <Banner tone="danger">{error}</Banner>}
        <ul className={css.list}>
          {fields.map(({ id, name, of, type, unit }) => (
            <li key={id} className={css.line}>
              <span>
                {name}{' '}
                <span className={css.quiet}>
                  {t(of === 'company' ? 'customers.company' : 'customers.person')} ·{' '}
                  {names[type as keyof typeof names]} {unit}
                </span>
              </span>
              <IconButton
                label={t('customers.fieldDelete', { field: name })}
                icon={Trash2}
                size="tiny"
                onClick={() => remove(id)}
              />
            </li>
          ))}
        </ul>
        <form className={css.form} onSubmit={(event) => void add(event)}>
          <div className={css.pair}>
            <Field label={t('customers.fieldName')}>
              <TextField value={draft.name} onValueChange={(name) => set({ name })} />
            </Field>
            <Field label={t('customers.fieldOf')}>
              <Select
                options={[
                  { value: 'company', label: t('customers.company') },
                  { value: 'person', label: t('customers.person') },
                ]}
                value={draft.of}
                onValueChange={(of) => set({ of })}
              />
            </Field>
            <Field label={t('customers.fieldType')}>
              <Select
                options={types.map((value) => ({ value, label: names[value] }))}
                value={draft.type}
                onValueChange={(type) => set({ type })}
              />
            </Field>
            {draft.type === 'number' && (
              <Field label={t('customers.fieldUnit')} optional>
                <TextField value={draft.unit} onValueChange={(unit) => set({ unit })} />
              </Field>
            )}
          </div>
          {draft.type === 'select' && (
            <Field label={t('customers.fieldOptions')} hint={t('customers.fieldOptionsHint')}>
              <TextField value={draft.options} onValueChange={(options) => set({ options })} />
            </Field>
          )}
          <div className={css.bar}>
            <Button type="submit" tone="primary" busy={busy} disabled={draft.name.trim() === ''}>
              {t('customers.fieldAdd')}
            </Button>
          </div>
        </form>
      </div>
    </Dialog>
  );
}
