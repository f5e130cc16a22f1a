import { useState } from 'react';
import { OptionPicker } from '../OptionPicker.tsx';
import { PopupEditor } from '../PopupEditor.tsx';
import { idList } from '../text.ts';
import type { EditorProps } from '../types.ts';

/** Its editor, beside the cell. */
export default function Editor({ field, value, anchor, onCommit }: EditorProps) {
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
