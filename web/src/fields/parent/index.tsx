import { CornerLeftUp } from 'lucide-react';
import { t } from '@/lib/i18n.ts';
import { IdeaChips } from '../IdeaChips.tsx';
import { laterEditor } from '../later.tsx';
import { idList } from '../text.ts';
import type { CellProps, FieldType } from '../types.ts';

function Cell({ value }: CellProps) {
  const ids = idList(value);
  return ids.length > 0 ? <IdeaChips ids={ids} /> : null;
}

/** The idea above, in the tree. */
export const parent: FieldType = {
  icon: CornerLeftUp,
  align: 'start',
  width: 220,
  Cell,
  Editor: laterEditor(() => import('./Editor.tsx')),
  toText: (value) => (typeof value === 'number' ? String(value) : ''),
  fromText: (text) => (text.trim() === '' ? { value: null } : { error: t('field.pickIdea') }),
};
