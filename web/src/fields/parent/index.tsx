import { CornerLeftUp } from 'lucide-react';
import { t } from '@/lib/i18n.ts';
import { IdeaChips } from '../IdeaChips.tsx';
import { laterEditor } from '../later.tsx';
import { ideasNamed, idList, keysOf } from '../text.ts';
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
  toText: (value, _field, { ideas }) => keysOf(value, ideas),
  fromText: (text, _field, { ideas }) => {
    const named = ideasNamed(text, ideas);
    if ('error' in named || named.value === null) return named;
    const [id, ...more] = idList(named.value);
    return id === undefined || more.length > 0 ? { error: t('field.pickIdea') } : { value: id };
  },
};
