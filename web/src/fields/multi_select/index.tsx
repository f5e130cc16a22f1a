import { ListChecks } from 'lucide-react';
import { t } from '@/lib/i18n.ts';
import { laterEditor } from '../later.tsx';
import { OptionChips } from '../OptionChips.tsx';
import { idList, idsOf, joinNames, optionNamed, splitNames } from '../text.ts';
import type { CellProps, FieldType } from '../types.ts';

function Cell({ field, value }: CellProps) {
  return <OptionChips field={field} ids={idList(value)} />;
}

/** Any number of the field's options. */
export const multiSelect: FieldType = {
  icon: ListChecks,
  align: 'start',
  width: 190,
  Cell,
  Editor: laterEditor(() => import('./Editor.tsx')),
  toText: (value, field) =>
    joinNames(idList(value).flatMap((id) => field.options.find((option) => option.id === id)?.name ?? [])),
  fromText: (text, field) =>
    idsOf(
      splitNames(text),
      (name) => optionNamed(field.options, name),
      (name) => t('field.noOption', { field: field.name, name }),
    ),
};
