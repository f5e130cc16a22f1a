import { SlidersHorizontal } from 'lucide-react';
import { formatNumber, formatStyled, numberOptions } from '@/lib/format.ts';
import { t } from '@/lib/i18n.ts';
import { likelyOf, rangeIn } from '@/lib/range.ts';
import type { FieldInfo } from '@/sync/types.ts';
import { Slider } from '@/ui/Slider.tsx';
import css from '../fields.module.css';
import { RangeSettings } from '../NumberSettings.tsx';
import rangeCss from '../Range.module.css';
import { RangePanel } from '../RangePanel.tsx';
import { numberFromText, numberText } from '../range-text.ts';
import type { CellProps, EditorProps, FieldType } from '../types.ts';

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

function parse(text: string, field: FieldInfo) {
  const { min, max } = rangeOf(field);
  return numberFromText(text, {
    kind: 'number',
    min,
    max,
    ...(field.number?.style === 'percent' ? { percent: true } : {}),
  });
}

function Editor(props: EditorProps) {
  const { field } = props;
  const bounds = rangeOf(field);
  return (
    <RangePanel
      {...props}
      {...bounds}
      first={Math.max(1, Math.round((bounds.max - bounds.min) / bounds.step / 10))}
      parse={(text) => parse(text, field)}
    >
      {(value, set) => (
        <Slider
          {...bounds}
          value={likelyOf(value) ?? bounds.min}
          aria-label={field.name}
          onValueChange={set}
        />
      )}
    </RangePanel>
  );
}

/** A number within a range. */
export const slider: FieldType = {
  icon: SlidersHorizontal,
  align: 'start',
  width: 132,
  Cell,
  Editor,
  typing: true,
  toText: numberText,
  fromText: parse,
  Settings: RangeSettings,
};
