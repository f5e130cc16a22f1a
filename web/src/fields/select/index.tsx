import { CircleDot } from 'lucide-react';
import { t } from '@/lib/i18n.ts';
import { OptionChips } from '../OptionChips.tsx';
import { OptionPicker } from '../OptionPicker.tsx';
import { OptionsSettings } from '../OptionsSettings.tsx';
import { PopupEditor } from '../PopupEditor.tsx';
import { idList, optionNamed } from '../text.ts';
import type { CellProps, EditorProps, FieldType } from '../types.ts';

function Cell({ field, value }: CellProps) {
  return <OptionChips field={field} ids={idList(value)} />;
}

function Editor({ field, value, anchor, onCommit, onCancel }: EditorProps) {
  const ids = idList(value);
  return (
    <PopupEditor label={field.name} anchor={anchor} onLeave={onCancel} flush>
      <OptionPicker
        field={field}
        values={ids}
        onValuesChange={([next]) => onCommit(next === undefined || next === ids[0] ? null : next, 'stay')}
      />
    </PopupEditor>
  );
}

/** One of the field's options. */
export const select: FieldType = {
  icon: CircleDot,
  align: 'start',
  width: 150,
  Cell,
  Editor,
  toText: (value, field) => field.options.find((option) => option.id === value)?.name ?? '',
  fromText: (text, field) => {
    if (text.trim() === '') return { value: null };
    const option = optionNamed(field.options, text);
    return option
      ? { value: option.id }
      : { error: t('field.noOption', { field: field.name, name: text.trim() }) };
  },
  Settings: OptionsSettings,
};
