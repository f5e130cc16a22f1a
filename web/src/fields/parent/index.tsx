import { CornerLeftUp } from 'lucide-react';
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

function Editor({ field, value, idea, anchor, onCommit, onCancel }: EditorProps) {
  const ids = idList(value);
  return (
    <PopupEditor label={field.name} anchor={anchor} onLeave={onCancel} flush>
      <IdeaPicker
        label={field.name}
        values={ids}
        ownOnly
        except={idea}
        onValuesChange={([next]) => onCommit(next === undefined || next === ids[0] ? null : next, 'stay')}
      />
    </PopupEditor>
  );
}

/** The idea above, in the tree. */
export const parent: FieldType = {
  icon: CornerLeftUp,
  align: 'start',
  width: 220,
  Cell,
  Editor,
  toText: (value) => (typeof value === 'number' ? String(value) : ''),
  fromText: (text) => (text.trim() === '' ? { value: null } : { error: t('field.pickIdea') }),
};
