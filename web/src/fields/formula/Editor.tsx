import { t } from '@/lib/i18n.ts';
import { PopupEditor } from '../PopupEditor.tsx';
import type { EditorProps } from '../types.ts';
import { ExplanationPanel } from './Explanation.tsx';

/** A formula is not edited in its cell: opening it explains it. */
export default function Editor({ field, idea, anchor, onCancel }: EditorProps) {
  return (
    <PopupEditor label={t('field.formula.explain', { field: field.name })} anchor={anchor} onLeave={onCancel}>
      <ExplanationPanel idea={idea} field={field} />
    </PopupEditor>
  );
}
