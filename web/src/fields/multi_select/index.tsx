import { ListChecks } from 'lucide-react';
import { useState } from 'react';
import { t } from '@/lib/i18n.ts';
import { OptionChips } from '../OptionChips.tsx';
import { OptionPicker } from '../OptionPicker.tsx';
import { OptionsSettings } from '../OptionsSettings.tsx';
import { PopupEditor } from '../PopupEditor.tsx';
import { idList, idsOf, joinNames, optionNamed, splitNames } from '../text.ts';
import type { CellProps, EditorProps, FieldType } from '../types.ts';

function Cell({ field, value }: CellProps) {
  return <OptionChips field={field} ids={idList(value)} />;
}

function Editor({ field, value, anchor, onCommit }: EditorProps) {
  const [ids, setIds] = useState(idList(value));
  return (
    <PopupEditor
      label={field.name}
      anchor={anchor}
      onLeave={() => onCommit(ids.length > 0 ? ids : null, 'stay')}
      flush
    >
      <OptionPicker field={field} multiple values={ids} onValuesChange={setIds} />
    </PopupEditor>
  );
}

/** Any number of the field's options. */
export const multiSelect: FieldType = {
  icon: ListChecks,
  align: 'start',
  width: 190,
  Cell,
  Editor,
  toText: (value, field) =>
    joinNames(idList(value).flatMap((id) => field.options.find((option) => option.id === id)?.name ?? [])),
  fromText: (text, field) =>
    idsOf(
      splitNames(text),
      (name) => optionNamed(field.options, name),
      (name) => t('field.noOption', { field: field.name, name }),
    ),
  Settings: OptionsSettings,
};
