import { SlidersHorizontal } from 'lucide-react';
import { formatNumber, formatStyled, numberOptions } from '@/lib/format.ts';
import { t } from '@/lib/i18n.ts';
import { likelyOf, rangeIn } from '@/lib/range.ts';
import type { FieldInfo } from '@/sync/types.ts';
import css from '../fields.module.css';
import { laterEditor } from '../later.tsx';
import rangeCss from '../Range.module.css';
import { numberFromText, numberText } from '../range-text.ts';
import type { CellProps, FieldType } from '../types.ts';

/** The ends of a slider's range. */
export function rangeOf(field: FieldInfo): { min: number; max: number; step: number } {
  const { min = 0, max = 100, step = 1 } = field.number ?? {};
  return { min, max, step };
}

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

/** A text as a value of the slider. */
export function parseSlider(text: string, field: FieldInfo) {
  const { min, max } = rangeOf(field);
  return numberFromText(text, {
    kind: 'number',
    min,
    max,
    ...(field.number?.style === 'percent' ? { percent: true } : {}),
  });
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
