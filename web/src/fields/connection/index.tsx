import { Waypoints } from 'lucide-react';
import { useState } from 'react';
import { t } from '@/lib/i18n.ts';
import { useProject } from '@/sync/project.tsx';
import { IdeaChips } from '../IdeaChips.tsx';
import { IdeaPicker } from '../IdeaPicker.tsx';
import { PopupEditor } from '../PopupEditor.tsx';
import { idList } from '../text.ts';
import type { CellProps, EditorProps, FieldType } from '../types.ts';
import { ConnectionSettings } from './ConnectionSettings.tsx';

function Cell({ value }: CellProps) {
  const ids = idList(value);
  return ids.length > 0 ? <IdeaChips ids={ids} /> : null;
}

function Editor({ field, value, idea, anchor, onCommit }: EditorProps) {
  const [ids, setIds] = useState(idList(value));
  const { project } = useProject();
  const { projects } = field.connection ?? {};
  const own = projects?.length === 1 && projects[0] === project.id;
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
        ownOnly={own || undefined}
        except={idea}
        onValuesChange={setIds}
      />
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
  Settings: ConnectionSettings,
  toText: (value) => idList(value).join(', '),
  fromText: (text) => (text.trim() === '' ? { value: null } : { error: t('field.pickIdea') }),
};
