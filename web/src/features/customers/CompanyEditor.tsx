import { useState } from 'react';
import { PopupEditor } from '@/fields/PopupEditor.tsx';
import type { EditorProps } from '@/fields/types.ts';
import { t } from '@/lib/i18n.ts';
import { useCustomers } from '@/sync/customers.ts';
import { Picker } from '@/ui/Combobox.tsx';

/** Chooses the company of a person by its name, or makes the one that was typed. Choosing the chosen one takes it away. */
export function CompanyEditor({ field, value, typed = '', anchor, onCommit, onCancel }: EditorProps) {
  const [text, setText] = useState(typed);
  const { data } = useCustomers({ type: 'company', text, limit: 30 });
  const chosen = typeof value === 'string' && value !== '' ? value : undefined;
  const found = (data?.customers ?? []).map(({ name }) => name);
  const names = chosen === undefined || found.includes(chosen) || text !== '' ? found : [chosen, ...found];
  return (
    <PopupEditor label={field.name} anchor={anchor} onLeave={onCancel} flush>
      <Picker
        label={field.name}
        placeholder={t('customers.findCompany')}
        emptyText={t('customers.noCompany')}
        typed={typed}
        options={names.map((name) => ({ value: name, label: name }))}
        values={chosen === undefined ? [] : [chosen]}
        onSearch={setText}
        onCreate={(name) => onCommit(name, 'down')}
        onValuesChange={([next]) => onCommit(next === undefined || next === chosen ? null : next, 'stay')}
      />
    </PopupEditor>
  );
}
