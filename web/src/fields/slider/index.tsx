import { SlidersHorizontal } from 'lucide-react';
import { useState } from 'react';
import { formatStyled, numberOptions } from '@/lib/format.ts';
import { t } from '@/lib/i18n.ts';
import type { CellValue, FieldInfo } from '@/sync/types.ts';
import { NumberField } from '@/ui/NumberField.tsx';
import { Slider } from '@/ui/Slider.tsx';
import css from '../fields.module.css';
import { RangeSettings } from '../NumberSettings.tsx';
import { PopupEditor } from '../PopupEditor.tsx';
import { notA, parseNumber, writeNumber } from '../text.ts';
import type { CellProps, EditorProps, FieldType } from '../types.ts';

/** The ends of a slider's range. */
export function rangeOf(field: FieldInfo): { min: number; max: number; step: number } {
  const { min = 0, max = 100, step = 1 } = field.number ?? {};
  return { min, max, step };
}

function Cell({ field, value }: CellProps) {
  if (typeof value !== 'number') return null;
  const { min, max } = rangeOf(field);
  const share = max > min ? Math.min(1, Math.max(0, (value - min) / (max - min))) : 0;
  return (
    <span className={css.bar}>
      <span className={css.track} aria-hidden="true">
        <span className={css.fill} style={{ inlineSize: `${share * 100}%` }} />
      </span>
      <span className={css.number}>{formatStyled(value, field.number ?? {})}</span>
    </span>
  );
}

function Editor({ field, value, typed, anchor, onCommit, onCancel }: EditorProps) {
  const { min, max, step } = rangeOf(field);
  const first = typed === undefined ? undefined : parseNumber(typed);
  const [chosen, setChosen] = useState<CellValue>(first ?? value);
  const now = typeof chosen === 'number' ? chosen : null;
  const format = numberOptions(field.number ?? {});
  return (
    <PopupEditor label={field.name} anchor={anchor} onLeave={() => onCommit(chosen, 'stay')}>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: Enter and Esc end the edit wherever the focus is inside */}
      <div
        className={css.sliderPanel}
        onKeyDown={(event) => {
          if (event.key === 'Escape') onCancel();
          else if (event.key === 'Enter') onCommit(chosen, 'down');
          else return;
          event.preventDefault();
          event.stopPropagation();
        }}
      >
        <Slider
          value={now ?? min}
          min={min}
          max={max}
          step={step}
          aria-label={field.name}
          onValueChange={setChosen}
        />
        <NumberField
          className={css.sliderNumber}
          value={now}
          min={min}
          max={max}
          step={step}
          format={format}
          aria-label={field.name}
          onValueChange={setChosen}
        />
      </div>
    </PopupEditor>
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
  toText: (value) => (typeof value === 'number' ? writeNumber(value) : ''),
  fromText: (text, field) => {
    if (text.trim() === '') return { value: null };
    const value = parseNumber(text);
    if (value === undefined) return notA('number', text);
    const { min, max } = rangeOf(field);
    if (value < min || value > max) return { error: t('field.outOfRange', { min, max, value }) };
    return { value };
  },
  Settings: RangeSettings,
};
