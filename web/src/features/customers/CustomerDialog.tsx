import { useState } from 'react';
import { client, send } from '@/api/client.ts';
import { t } from '@/lib/i18n.ts';
import { type Customer, type CustomerField, type CustomerType, useCustomerFields } from '@/sync/customers.ts';
import { Field } from '@/ui/Field.tsx';
import { FormDialog } from '@/ui/FormDialog.tsx';
import { NumberField } from '@/ui/NumberField.tsx';
import { Segments } from '@/ui/Segments.tsx';
import { Select } from '@/ui/Select.tsx';
import { TextField } from '@/ui/TextField.tsx';
import { type Chosen, CustomerPicker } from '@/views/shared/insights/CustomerPicker.tsx';
import css from './customers.module.css';
import { useWrite } from './use-write.ts';

/** Props of CustomerDialog. */
export interface CustomerDialogProps {
  /** Who is edited; absent for a new one. */
  customer?: Customer;
  onClose: () => void;
}

type Values = Record<string, unknown>;

/** Adds or edits a company or a person. */
export function CustomerDialog({ customer, onClose }: CustomerDialogProps) {
  const { write, error, busy } = useWrite();
  const [type, setType] = useState<CustomerType>(customer?.type ?? 'company');
  const [name, setName] = useState(customer?.name ?? '');
  const [email, setEmail] = useState(customer?.email ?? '');
  const [company, setCompany] = useState<Chosen | null>(
    customer?.company ? { id: customer.company, name: customer.companyName ?? '' } : null,
  );
  const [values, setValues] = useState<Values>({ ...(customer?.values as Values | undefined) });
  const fields = useCustomerFields().filter(({ of }) => of === type);
  const submit = async () => {
    const own = type === 'person' ? { email, company: company?.id ?? 0 } : {};
    const filled = Object.fromEntries(fields.map(({ ref }) => [ref, values[ref] ?? null]));
    const done = await write((headers) =>
      customer
        ? send(
            client.PATCH('/customers/{customer}', {
              params: { path: { customer: customer.id } },
              body: { name, ...own, values: filled },
              headers,
            }),
          )
        : send(client.POST('/customers', { body: { type, name, ...own, values: filled }, headers })),
    );
    if (done) onClose();
  };
  return (
    <FormDialog
      title={t(customer ? 'customers.editTitle' : 'customers.addTitle')}
      action={t(customer ? 'ui.save' : 'customers.add')}
      busy={busy}
      refused={error}
      onSubmit={submit}
      onClose={onClose}
    >
      {!customer && (
        <Segments
          label={t('customers.type')}
          options={[
            { value: 'company', label: t('customers.company') },
            { value: 'person', label: t('customers.person') },
          ]}
          value={type}
          onValueChange={setType}
        />
      )}
      <Field label={t('customers.name')}>
        <TextField value={name} onValueChange={setName} />
      </Field>
      {type === 'person' && (
        <div className={css.pair}>
          <Field label={t('customers.email')} optional>
            <TextField type="email" value={email} onValueChange={setEmail} />
          </Field>
          <Field label={t('customers.company')} optional>
            <CustomerPicker
              type="company"
              label={t('customers.company')}
              value={company}
              onValueChange={setCompany}
            />
          </Field>
        </div>
      )}
      {fields.map((field) => (
        <Value
          key={field.ref}
          field={field}
          value={values[field.ref]}
          onChange={(value) => setValues((last) => ({ ...last, [field.ref]: value }))}
        />
      ))}
    </FormDialog>
  );
}

interface ValueProps {
  field: CustomerField;
  value: unknown;
  onChange: (value: unknown) => void;
}

function Value({ field, value, onChange }: ValueProps) {
  return (
    <Field label={field.name} optional>
      {field.type === 'number' ? (
        <NumberField
          value={typeof value === 'number' ? value : null}
          suffix={field.unit}
          onValueChange={onChange}
        />
      ) : field.type === 'select' ? (
        <Select
          options={[
            { value: '', label: t('customers.none') },
            ...(field.options ?? []).map((option) => ({ value: option, label: option })),
          ]}
          value={typeof value === 'string' ? value : ''}
          onValueChange={(next) => onChange(next === '' ? null : next)}
        />
      ) : (
        <TextField
          value={typeof value === 'string' ? value : ''}
          onValueChange={(next) => onChange(next === '' ? null : next)}
        />
      )}
    </Field>
  );
}
