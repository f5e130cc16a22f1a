import { Waypoints } from 'lucide-react';
import { useState } from 'react';
import { t } from '@/lib/i18n.ts';
import { IdeaChips } from '../IdeaChips.tsx';
import { IdeaPicker } from '../IdeaPicker.tsx';
import { PopupEditor } from '../PopupEditor.tsx';
import { idList } from '../text.ts';
import type { CellProps, EditorProps, FieldType } from '../types.ts';

function Cell({ value }: CellProps) {
  const ids = idList(value);
  return ids.length > 0 ? <IdeaChips ids={ids} /> : null;
}

function Editor({ field, value, idea, anchor, onCommit }: EditorProps) {
  const [ids, setIds] = useState(idList(value));
  return (
    <PopupEditor
      label={field.name}
      anchor={anchor}
      onLeave={() => onCommit(ids.length > 0 ? ids : null, 'stay')}
      flush
    >
      <IdeaPicker label={field.name} multiple values={ids} except={idea} onValuesChange={setIds} />
    </PopupEditor>
  );
}

/** Any number of ideas, also of other projects. */
export const connection: FieldType = {
  icon: Waypoints,
  align: 'start',
  width: 220,
  Cell,
  Editor,
  toText: (value) => idList(value).join(', '),
  fromText: (text) => (text.trim() === '' ? { value: null } : { error: t('field.pickIdea') }),
};
