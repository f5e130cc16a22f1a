import { Star } from 'lucide-react';
import { t } from '@/lib/i18n.ts';
import { Rating, ratingAfterKey } from '@/ui/Rating.tsx';
import { PopupEditor } from '../PopupEditor.tsx';
import { notA, parseNumber } from '../text.ts';
import type { CellProps, EditorProps, FieldType } from '../types.ts';
import css from './Stars.module.css';

const most = 5;
const starWidth = 16;

function Cell({ field, value }: CellProps) {
  if (typeof value !== 'number') return null;
  const full = Math.max(0, Math.min(most, value));
  return (
    <span
      className={css.stars}
      role="img"
      aria-label={`${field.name}: ${t('ui.rating', { n: value, max: most })}`}
    >
      <span className={css.full} style={{ inlineSize: full * starWidth }} />
      <span className={css.empty} style={{ inlineSize: (most - full) * starWidth }} />
    </span>
  );
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
