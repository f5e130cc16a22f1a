import { Star } from 'lucide-react';
import { t } from '@/lib/i18n.ts';
import { likelyOf, rangeIn } from '@/lib/range.ts';
import { ratingAfterKey } from '@/ui/Rating.tsx';
import { laterEditor } from '../later.tsx';
import rangeCss from '../Range.module.css';
import { numberText } from '../range-text.ts';
import type { CellProps, FieldType } from '../types.ts';
import { most, parseRating } from './parse.ts';
import css from './Stars.module.css';

const starWidth = 16;

function Cell({ field, value }: CellProps) {
  const likely = likelyOf(value);
  if (likely === undefined) return null;
  const full = Math.max(0, Math.min(most, likely));
  const range = rangeIn(value);
  const between = range ? `, ${t('field.range.between', { low: range.low, high: range.high })}` : '';
  return (
    <span
      className={css.stars}
      role="img"
      aria-label={`${field.name}: ${t('ui.rating', { n: likely, max: most })}${between}`}
    >
      <span className={css.full} style={{ inlineSize: full * starWidth }} />
      <span className={css.empty} style={{ inlineSize: (most - full) * starWidth }} />
      {range && (
        <span
          className={rangeCss.whisker}
          style={{
            insetInlineStart: (range.low - 0.5) * starWidth,
            inlineSize: (range.high - range.low) * starWidth,
          }}
        />
      )}
    </span>
  );
}

/** One to five stars. */
export const rating: FieldType = {
  icon: Star,
  align: 'start',
  width: 108,
  Cell,
  Editor: laterEditor(() => import('./Editor.tsx')),
  keyValue: (key, value) =>
    /^[0-5]$/.test(key) ? ratingAfterKey(key, likelyOf(value) ?? null, most) : undefined,
  toText: numberText,
  fromText: parseRating,
};
