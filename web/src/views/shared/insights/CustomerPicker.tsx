import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { client, send } from '@/api/client.ts';
import { t } from '@/lib/i18n.ts';
import { type CustomerType, useCustomers } from '@/sync/customers.ts';
import { evidenceKey } from '@/sync/insights-live.ts';
import { Combobox } from '@/ui/Combobox.tsx';
import { toastFailure } from '@/ui/Toast.tsx';
import css from './insights.module.css';

/** A chosen customer. */
export interface Chosen {
  id: number;
  name: string;
}

/** Props of CustomerPicker. */
export interface CustomerPickerProps {
  type: CustomerType;
  label: string;
  value: Chosen | null;
  onValueChange: (value: Chosen | null) => void;
}

/** Chooses a person or a company, or adds the one whose name was typed. */
export function CustomerPicker({ type, label, value, onValueChange }: CustomerPickerProps) {
  const queries = useQueryClient();
  const [text, setText] = useState('');
  const { data } = useCustomers({ type, text, limit: 30 });
  const found = (data?.customers ?? []).map(({ id, name }) => ({ value: String(id), label: name }));
  const known = value === null || found.some((option) => option.value === String(value.id));
  const options = known ? found : [{ value: String(value.id), label: value.name }, ...found];
  const add = async (name: string) => {
    try {
      const made = await send(client.POST('/customers', { body: { type, name } }));
      await queries.invalidateQueries({ queryKey: evidenceKey });
      onValueChange({ id: made.id, name: made.name });
    } catch (error) {
      toastFailure(error);
    }
  };
  return (
    <Combobox
      label={label}
      className={css.full}
      placeholder={t('insights.chooseCustomer')}
      emptyText={t('insights.nobody')}
      options={options}
      value={value ? String(value.id) : null}
      onSearch={setText}
      onCreate={(name) => void add(name)}
      onValueChange={(id) => {
        const option = options.find((each) => each.value === id);
        onValueChange(option ? { id: Number(option.value), name: option.label } : null);
      }}
    />
  );
}
