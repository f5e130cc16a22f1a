import { useState } from 'react';
import { useProject } from '@/sync/project.tsx';
import { IdeaPicker } from '../IdeaPicker.tsx';
import { PopupEditor } from '../PopupEditor.tsx';
import { idList } from '../text.ts';
import type { EditorProps } from '../types.ts';

/** Its editor, beside the cell. */
export default function Editor({ field, value, idea, anchor, onCommit }: EditorProps) {
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
