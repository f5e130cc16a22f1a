import { Type } from 'lucide-react';
import css from '../fields.module.css';
import { InlineText } from '../InlineText.tsx';
import type { CellProps, EditorProps, FieldType } from '../types.ts';

function Cell({ value }: CellProps) {
  if (typeof value !== 'string' || value === '') return null;
  return (
    <span className={css.text} title={value.length > 24 ? value : undefined}>
      {value}
    </span>
  );
}

function Editor({ field, value, typed, onCommit, onCancel }: EditorProps) {
  return (
    <InlineText
      label={field.name}
      text={typed ?? (typeof value === 'string' ? value : '')}
      selectAll={typed === undefined}
      onEnter={(text, move) => {
        onCommit(text.trim() === '' ? null : text.trim(), move);
        return undefined;
      }}
      onCancel={onCancel}
    />
  );
}

/** A line of text. */
export const shortText: FieldType = {
  icon: Type,
  align: 'start',
  width: 220,
  Cell,
  Editor,
  typing: true,
  toText: (value) => (typeof value === 'string' ? value : ''),
  fromText: (text) => ({ value: text.replace(/\s+/g, ' ').trim() || null }),
};
