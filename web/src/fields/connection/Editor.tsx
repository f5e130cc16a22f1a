import { useState } from 'react';
import { IdeaPicker } from '../IdeaPicker.tsx';
import { PopupEditor } from '../PopupEditor.tsx';
import { idList } from '../text.ts';
import type { EditorProps } from '../types.ts';

/** Its editor, beside the cell. */
export default function Editor({ field, value, idea, anchor, onCommit }: EditorProps) {
  const [ids, setIds] = useState(idList(value));
  return (
    <PopupEditor
      label={field.name}
      anchor={anchor}
      onLeave={() => onCommit(ids.length > 0 ? ids : null, 'stay')}
      flush
    >
      <IdeaPicker
        label={field.name}
        multiple
        values={ids}
        field={field.ref}
        except={idea}
        onValuesChange={setIds}
      />
    </PopupEditor>
  );
}
