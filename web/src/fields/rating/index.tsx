import { Star } from 'lucide-react';
import { Rating, ratingAfterKey } from '@/ui/Rating.tsx';
import { PopupEditor } from '../PopupEditor.tsx';
import { notA, parseNumber } from '../text.ts';
import type { CellProps, EditorProps, FieldType } from '../types.ts';

const most = 5;

function Cell({ field, value }: CellProps) {
  if (typeof value !== 'number') return null;
  return <Rating value={value} aria-label={field.name} />;
}

function Editor({ field, value, anchor, onCommit, onCancel }: EditorProps) {
  return (
    <PopupEditor label={field.name} anchor={anchor} onLeave={onCancel}>
      <Rating
        value={typeof value === 'number' ? value : null}
        aria-label={field.name}
        onValueChange={(next) => onCommit(next, 'stay')}
      />
    </PopupEditor>
  );
}

/** One to five stars. */
export const rating: FieldType = {
  icon: Star,
  align: 'start',
  width: 108,
  Cell,
  Editor,
  keyValue: (key, value) =>
    /^[0-5]$/.test(key) ? ratingAfterKey(key, typeof value === 'number' ? value : null, most) : undefined,
  toText: (value) => (typeof value === 'number' ? String(value) : ''),
  fromText: (text) => {
    if (text.trim() === '') return { value: null };
    const stars = /^★+☆*$/u.test(text.trim())
      ? [...text].filter((sign) => sign === '★').length
      : parseNumber(text);
    return stars !== undefined && Number.isInteger(stars) && stars >= 1 && stars <= most
      ? { value: stars }
      : notA('rating', text);
  },
};
