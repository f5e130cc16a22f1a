import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import { formatNumber, formatStyled, numberOptions } from '@/lib/format.ts';
import { t } from '@/lib/i18n.ts';
import { likelyOf, rangeIn, rangeValue } from '@/lib/range.ts';
import type { CellValue, FieldInfo } from '@/sync/types.ts';
import { RangeSlider } from '@/ui/RangeSlider.tsx';
import { TextField } from '@/ui/TextField.tsx';
import { PopupEditor } from './PopupEditor.tsx';
import css from './Range.module.css';
import { RangeGrip } from './RangeGrip.tsx';
import { numberText } from './range-text.ts';
import type { EditorProps, Parsed } from './types.ts';
import { widen } from './widen.ts';

interface RangePanelProps extends EditorProps {
  min: number;
  max: number;
  step: number;
  /** How far a press on the handle pulls, in steps. */
  first: number;
  parse: (text: string) => Parsed;
  /** The control of a plain number, and of what is likely. */
  children: (value: CellValue, set: (value: CellValue) => void) => ReactNode;
  /** The children also show what is likely of a range; else its slider does. */
  keepChildren?: true;
}

/** A number within bounds, beside its cell: its own control, its text, and a handle that makes it a range. */
export function RangePanel(props: RangePanelProps) {
  const { field, value, typed, anchor, onCommit, onCancel, min, max, step, first, parse } = props;
  const [chosen, setChosen] = useState<CellValue>(value);
  const [text, setText] = useState(typed ?? numberText(value));
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (typed !== undefined) input.current?.focus();
  }, [typed]);
  const parsed = parse(text);
  const wrong = 'error' in parsed ? parsed.error : undefined;
  const write = (next: string) => {
    setText(next);
    const read = parse(next);
    if ('value' in read) setChosen(read.value);
  };
  const set = (next: CellValue) => {
    setChosen(next);
    setText(numberText(next));
  };
  const range = rangeIn(chosen);
  const rule = { step, min, max };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') onCancel();
    else if (event.key === 'Enter' && wrong === undefined) onCommit(chosen, 'down');
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <PopupEditor
      label={field.name}
      anchor={anchor}
      onLeave={() => onCommit(chosen, 'stay')}
      initialFocus={typed === undefined ? undefined : input}
    >
      {/* biome-ignore lint/a11y/noStaticElementInteractions: Enter and Esc end the edit wherever the focus is inside */}
      <div className={css.panel} onKeyDown={onKeyDown}>
        <div className={css.line}>
          {(!range || props.keepChildren) && props.children(chosen, set)}
          {range && !props.keepChildren && <Thumbs {...{ field, range, set, ...rule }} />}
          <TextField
            ref={input}
            className={css.text}
            value={text}
            aria-label={t('field.range.text', { field: field.name })}
            aria-invalid={wrong !== undefined}
            onValueChange={write}
          />
          <RangeGrip
            field={field.name}
            ranged={range !== undefined}
            onPull={(steps) => set(widen(chosen, steps, rule))}
            onToggle={() => set(range ? range.likely : widen(chosen, first, rule))}
          />
        </div>
        {range && props.keepChildren && <Thumbs {...{ field, range, set, ...rule }} />}
        {wrong !== undefined && (
          <p className={css.wrongWords} role="alert">
            {wrong}
          </p>
        )}
        {range && wrong === undefined && <Words field={field} value={chosen} />}
      </div>
    </PopupEditor>
  );
}

interface ThumbsProps {
  field: FieldInfo;
  range: { low: number; likely: number; high: number };
  set: (value: CellValue) => void;
  min: number;
  max: number;
  step: number;
}

function Thumbs({ field, range, set, ...bounds }: ThumbsProps) {
  const name = { field: field.name };
  return (
    <RangeSlider
      {...bounds}
      value={[range.low, range.likely, range.high]}
      labels={[t('field.range.low', name), t('field.range.likely', name), t('field.range.high', name)]}
      onValueChange={([low, likely, high]) => set(rangeValue({ low, likely, high }))}
    />
  );
}

/** What a range says, in words. */
function Words({ field, value }: { field: FieldInfo; value: CellValue }) {
  const range = rangeIn(value);
  if (!range) return null;
  const format = field.number ?? {};
  return (
    <p className={css.words}>
      {t('field.range.words', {
        likely: formatStyled(likelyOf(value) ?? 0, format),
        low: formatNumber(range.low, numberOptions(format)),
        high: formatNumber(range.high, numberOptions(format)),
      })}
    </p>
  );
}
