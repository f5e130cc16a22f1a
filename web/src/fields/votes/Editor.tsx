import { PopupEditor } from '../PopupEditor.tsx';
import type { EditorProps } from '../types.ts';
import { VotePanel } from './VotePanel.tsx';

/** Nobody sets the sum: opening it shows who voted, and lets the reader vote. */
export default function Editor({ field, idea, anchor, onCancel }: EditorProps) {
  return (
    <PopupEditor label={field.name} anchor={anchor} onLeave={onCancel}>
      <VotePanel idea={idea} field={field} />
    </PopupEditor>
  );
}
