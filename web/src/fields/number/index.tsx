import { Hash } from 'lucide-react';
import { formatNumber, formatStyled, numberOptions } from '@/lib/format.ts';
import { t } from '@/lib/i18n.ts';
import { likelyOf, rangeIn } from '@/lib/range.ts';
import type { CellValue, FieldInfo } from '@/sync/types.ts';
import css from '../fields.module.css';
import { InlineText } from '../InlineText.tsx';
import rangeCss from '../Range.module.css';
import { RangeGrip } from '../RangeGrip.tsx';
import { numberFromText, numberText } from '../range-text.ts';
import type { CellProps, EditorProps, FieldType } from '../types.ts';
import { pullRule, widen } from '../widen.ts';

function Cell({ field, value }: CellProps) {
  const likely = likelyOf(value);
  if (likely === undefined) return null;
  const format = field.number ?? {};
  const range = rangeIn(value);
  const text = formatStyled(likely, format);
  if (!range) return <span className={css.number}>{text}</span>;
  const [low = '', high = ''] = [range.low, range.high].map((end) =>
    formatNumber(end, numberOptions(format)),
  );
  return (
    <span className={rangeCss.ranged}>
      <span className={rangeCss.likely}>{text}</span>
      <span className={rangeCss.span} aria-hidden="true">
        {low}–{high}
      </span>
      <span className="visually-hidden">{t('field.range.between', { low, high })}</span>
    </span>
  );
}

function parse(text: string, field: FieldInfo) {
  return numberFromText(text, {
    kind: 'number',
    ...(field.number?.style === 'percent' ? { percent: true } : {}),
  });
}

function Editor({ field, value, typed, onCommit, onCancel }: EditorProps) {
  const pull = (text: string, change: (value: CellValue) => CellValue) => {
    const parsed = parse(text, field);
    return 'error' in parsed || parsed.value === null ? text : numberText(change(parsed.value));
  };
  const by = (steps: number) => (now: CellValue) => widen(now, steps, pullRule(likelyOf(now) ?? 0));
  const toggle = (now: CellValue) => (rangeIn(now) ? (likelyOf(now) ?? null) : by(2)(now));
  return (
    <InlineText
      label={field.name}
      text={typed ?? numberText(value)}
      selectAll={typed === undefined}
      align="end"
      inputMode="decimal"
      onEnter={(text, move) => {
        const parsed = parse(text, field);
        if ('error' in parsed) return parsed.error;
        onCommit(parsed.value, move);
        return undefined;
      }}
      onCancel={onCancel}
      onNudge={(text, way) => pull(text, by(way))}
    >
      {(text, setText) => {
        const parsed = parse(text, field);
        return (
          <RangeGrip
            quiet
            field={field.name}
            ranged={'value' in parsed && rangeIn(parsed.value) !== undefined}
            onPull={(steps) => setText(pull(text, by(steps)))}
            onToggle={() => setText(pull(text, toggle))}
          />
        );
      }}
    </InlineText>
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
  toText: numberText,
  fromText: parse,
};
