import { OptionPicker } from '../OptionPicker.tsx';
import { PopupEditor } from '../PopupEditor.tsx';
import { idList } from '../text.ts';
import type { EditorProps } from '../types.ts';

/** Its editor, beside the cell. */
export default function Editor({ field, value, anchor, onCommit, onCancel }: EditorProps) {
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
