import { Hash } from 'lucide-react';
import { formatStyled } from '@/lib/format.ts';
import css from '../fields.module.css';
import { InlineText } from '../InlineText.tsx';
import { NumberSettings } from '../NumberSettings.tsx';
import { notA, parseNumber, writeNumber } from '../text.ts';
import type { CellProps, EditorProps, FieldType } from '../types.ts';

function Cell({ field, value }: CellProps) {
  if (typeof value !== 'number') return null;
  return <span className={css.number}>{formatStyled(value, field.number ?? {})}</span>;
}

/** Numbers need nobody to be read. */
const noPeople = { people: [], me: { id: 0, name: '', version: 0 } };

function Editor({ field, value, typed, onCommit, onCancel }: EditorProps) {
  return (
    <InlineText
      label={field.name}
      text={typed ?? (typeof value === 'number' ? writeNumber(value) : '')}
      selectAll={typed === undefined}
      align="end"
      inputMode="decimal"
      onEnter={(text, move) => {
        const parsed = number.fromText(text, field, noPeople);
        if ('error' in parsed) return parsed.error;
        onCommit(parsed.value, move);
        return undefined;
      }}
      onCancel={onCancel}
    />
  );
}

/** A number with a format. */
export const number: FieldType = {
  icon: Hash,
  align: 'end',
  width: 120,
  Cell,
  Editor,
  typing: true,
  toText: (value) => (typeof value === 'number' ? writeNumber(value) : ''),
  fromText: (text) => {
    if (text.trim() === '') return { value: null };
    const value = parseNumber(text);
    return value === undefined ? notA('number', text) : { value };
  },
  Settings: NumberSettings,
};
