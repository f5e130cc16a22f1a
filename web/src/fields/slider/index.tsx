import { SlidersHorizontal } from 'lucide-react';
import { formatNumber, formatStyled, numberOptions } from '@/lib/format.ts';
import { t } from '@/lib/i18n.ts';
import { likelyOf, rangeIn } from '@/lib/range.ts';
import css from '../fields.module.css';
import { laterEditor } from '../later.tsx';
import rangeCss from '../Range.module.css';
import { numberText } from '../range-text.ts';
import type { CellProps, FieldType } from '../types.ts';
import { parseSlider, rangeOf } from './parse.ts';

function Cell({ field, value }: CellProps) {
  const likely = likelyOf(value);
  if (likely === undefined) return null;
  const { min, max } = rangeOf(field);
  const share = (x: number) => (max > min ? Math.min(1, Math.max(0, (x - min) / (max - min))) : 0);
  const range = rangeIn(value);
  const format = field.number ?? {};
  return (
    <span className={css.bar}>
      <span className={css.track} aria-hidden="true">
        <span className={css.fill} style={{ inlineSize: `${share(likely) * 100}%` }} />
        {range && (
          <span
            className={rangeCss.band}
            style={{
              insetInlineStart: `${share(range.low) * 100}%`,
              inlineSize: `${(share(range.high) - share(range.low)) * 100}%`,
            }}
          />
        )}
      </span>
      <span className={css.number}>{formatStyled(likely, format)}</span>
      {range && (
        <span className="visually-hidden">
          {t('field.range.between', {
            low: formatNumber(range.low, numberOptions(format)),
            high: formatNumber(range.high, numberOptions(format)),
          })}
        </span>
      )}
    </span>
  );
}

/** A number within a range. */
export const slider: FieldType = {
  icon: SlidersHorizontal,
  align: 'start',
  width: 132,
  Cell,
  Editor: laterEditor(() => import('./Editor.tsx')),
  typing: true,
  toText: numberText,
  fromText: parseSlider,
};
