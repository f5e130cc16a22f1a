import { Check, SquareCheck } from 'lucide-react';
import { t } from '@/lib/i18n.ts';
import { Icon } from '@/ui/Icon.tsx';
import css from '../fields.module.css';
import { notA } from '../text.ts';
import type { CellProps, FieldType } from '../types.ts';

function Cell({ field, value }: CellProps) {
  const on = value === true;
  return (
    <span
      className={css.mark}
      data-on={on || undefined}
      role="img"
      aria-label={t(on ? 'field.checked' : 'field.unchecked', { field: field.name })}
    >
      {on && <Icon of={Check} size={12} />}
    </span>
  );
}

const yes = /^(true|yes|y|1|x|✓|✔|☑|on|checked|ja|oui|sí|si)$/i;
const no = /^(false|no|n|0|off|unchecked|nein|non|☐|-)?$/i;

/** A yes or no; not yet set is no. */
export const checkbox: FieldType = {
  icon: SquareCheck,
  align: 'center',
  width: 96,
  Cell,
  toggle: (value) => (value === true ? null : true),
  toText: (value) => (value === true ? 'TRUE' : 'FALSE'),
  fromText: (text) => {
    if (yes.test(text.trim())) return { value: true };
    return no.test(text.trim()) ? { value: null } : notA('checkbox', text);
  },
};
