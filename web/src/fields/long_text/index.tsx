import { TextAlignStart } from 'lucide-react';
import css from '../fields.module.css';
import { laterEditor } from '../later.tsx';
import type { CellProps, FieldType } from '../types.ts';

function Cell({ value }: CellProps) {
  if (typeof value !== 'string' || value === '') return null;
  return (
    <span className={css.text} title={value.length > 30 ? value.slice(0, 600) : undefined}>
      {value.slice(0, 200).replace(/\s+/g, ' ')}
    </span>
  );
}

/** Text of any length, with line breaks. */
export const longText: FieldType = {
  icon: TextAlignStart,
  align: 'start',
  width: 260,
  Cell,
  Editor: laterEditor(() => import('./Editor.tsx')),
  typing: true,
  toText: (value) => (typeof value === 'string' ? value : ''),
  fromText: (text) => ({ value: text.trim() === '' ? null : text }),
};
