import { CircleDot } from 'lucide-react';
import { t } from '@/lib/i18n.ts';
import { laterEditor } from '../later.tsx';
import { OptionChips } from '../OptionChips.tsx';
import { idList, optionNamed } from '../text.ts';
import type { CellProps, FieldType } from '../types.ts';

function Cell({ field, value }: CellProps) {
  return <OptionChips field={field} ids={idList(value)} />;
}

/** One of the field's options. */
export const select: FieldType = {
  icon: CircleDot,
  align: 'start',
  width: 150,
  Cell,
  Editor: laterEditor(() => import('./Editor.tsx')),
  toText: (value, field) => field.options.find((option) => option.id === value)?.name ?? '',
  fromText: (text, field) => {
    if (text.trim() === '') return { value: null };
    const option = optionNamed(field.options, text);
    return option
      ? { value: option.id }
      : { error: t('field.noOption', { field: field.name, name: text.trim() }) };
  },
};
