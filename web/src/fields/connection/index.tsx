import { Waypoints } from 'lucide-react';
import { IdeaChips } from '../IdeaChips.tsx';
import { laterEditor } from '../later.tsx';
import { ideasNamed, idList, keysOf } from '../text.ts';
import type { CellProps, FieldType } from '../types.ts';

function Cell({ value }: CellProps) {
  const ids = idList(value);
  return ids.length > 0 ? <IdeaChips ids={ids} /> : null;
}

/** Any number of ideas, also of other projects. */
export const connection: FieldType = {
  icon: Waypoints,
  align: 'start',
  width: 220,
  Cell,
  Editor: laterEditor(() => import('./Editor.tsx')),
  toText: (value, _field, { ideas }) => keysOf(value, ideas),
  fromText: (text, _field, { ideas }) => ideasNamed(text, ideas),
};
