import { CalendarDays } from 'lucide-react';
import { useId, useState } from 'react';
import {
  type Day,
  formatDay,
  formatInterval,
  formatUnit,
  type Interval,
  intervalOf,
  type Precision,
  parseDay,
  precisions,
  today,
} from '@/lib/days.ts';
import { t } from '@/lib/i18n.ts';
import { Button } from './Button.tsx';
import { Calendar } from './Calendar.tsx';
import control from './control.module.css';
import css from './DatePicker.module.css';
import { Icon } from './Icon.tsx';
import { Popover } from './Popover.tsx';
import { Segments } from './Segments.tsx';
import { TextField } from './TextField.tsx';

/** Props of DatePanel. */
export interface DatePanelProps {
  value: Day | null;
  onValueChange: (value: Day | null) => void;
  /** Called when the picking is over: a day was clicked, entered or cleared. */
  onDone?: () => void;
  label: string;
}

/** A line to type a date in, a calendar to pick it from; for a popover. */
export function DatePanel({ value, onValueChange, onDone, label }: DatePanelProps) {
  const settle = (day: Day | null) => {
    onValueChange(day);
    onDone?.();
  };
  return (
    <div className={css.panel}>
      <DayField label={label} value={value} onEnter={settle} />
      <Calendar key={value} start={value ?? undefined} onPick={settle} />
      <div className={css.foot}>
        <Button tone="ghost" onClick={() => settle(today())}>
          {t('date.today')}
        </Button>
        {value && (
          <Button tone="ghost" onClick={() => settle(null)}>
            {t('ui.clear')}
          </Button>
        )}
      </div>
    </div>
  );
}

interface DayFieldProps {
  label: string;
  value: Day | null;
  /** Called with what was typed, once it is a date (or emptied) and Enter is pressed. */
  onEnter: (day: Day | null) => void;
}

/** A date as text, in the reader's way of writing; refuses what is no date and says how to write it. */
function DayField({ label, value, onEnter }: DayFieldProps) {
  const written = value ? formatUnit(value, 'day') : '';
  const [text, setText] = useState<string>();
  const [wrong, setWrong] = useState(false);
  const message = useId();
  const example = formatUnit(today(), 'day');
  const enter = () => {
    if (text === undefined) return;
    const day = text.trim() === '' ? null : parseDay(text);
    if (day === undefined) {
      setWrong(true);
      return;
    }
    setText(undefined);
    onEnter(day);
  };
  return (
    <div>
      <TextField
        value={text ?? written}
        aria-label={label}
        aria-invalid={wrong}
        aria-describedby={message}
        placeholder={t('date.placeholder', { example })}
        onValueChange={(next) => {
          setText(next);
          setWrong(false);
        }}
        onKeyDown={(event) => {
          if (event.key !== 'Enter') return;
          event.preventDefault();
          enter();
        }}
      />
      <p id={message} className={css.error} role="alert">
        {wrong && t('date.notADate', { text: text ?? '', example })}
      </p>
    </div>
  );
}

/** Props of IntervalPanel. */
export interface IntervalPanelProps {
  value: Interval | null;
  onValueChange: (value: Interval | null) => void;
  onDone?: () => void;
  label: string;
}

/** Picks a span of days, months, quarters, halves or years: one click begins it, the next ends it. */
export function IntervalPanel({ value, onValueChange, onDone, label }: IntervalPanelProps) {
  const [precision, setPrecision] = useState<Precision>(value?.precision ?? 'month');
  const [begun, setBegun] = useState<Day>();
  const pick = (day: Day) => {
    onValueChange(intervalOf(begun ?? day, day, precision));
    setBegun(begun === undefined ? day : undefined);
  };
  const changePrecision = (next: Precision) => {
    setPrecision(next);
    setBegun(undefined);
    if (value) onValueChange(intervalOf(value.start, value.end, next));
  };
  const options = precisions.map((each) => ({ value: each, label: t(`date.${each}`) }));
  return (
    <div className={css.panel} data-interval role="group" aria-label={label}>
      <Segments
        options={options}
        value={precision}
        onValueChange={changePrecision}
        label={t('date.precision')}
      />
      <div className={css.edges} aria-live="polite">
        <span>{value ? formatInterval({ ...value, precision }) : t('date.pick')}</span>
      </div>
      <Calendar key={precision} precision={precision} start={value?.start} end={value?.end} onPick={pick} />
      <div className={css.foot}>
        {value && (
          <Button
            tone="ghost"
            onClick={() => {
              onValueChange(null);
              onDone?.();
            }}
          >
            {t('ui.clear')}
          </Button>
        )}
        <Button tone="primary" className={css.done} onClick={onDone}>
          {t('ui.done')}
        </Button>
      </div>
    </div>
  );
}

/** Props of DatePicker. */
export interface DatePickerProps {
  value: Day | null;
  onValueChange: (value: Day | null) => void;
  label: string;
  placeholder?: string;
  disabled?: boolean;
  id?: string;
}

/** A control that opens a calendar. */
export function DatePicker({ value, onValueChange, label, placeholder, disabled, id }: DatePickerProps) {
  const [open, setOpen] = useState(false);
  return (
    <Popover
      open={open}
      onOpenChange={setOpen}
      label={label}
      trigger={
        <Trigger
          id={id}
          disabled={disabled}
          label={label}
          text={value && formatDay(value)}
          placeholder={placeholder}
        />
      }
    >
      <DatePanel label={label} value={value} onValueChange={onValueChange} onDone={() => setOpen(false)} />
    </Popover>
  );
}

/** Props of IntervalPicker. */
export interface IntervalPickerProps extends Omit<DatePickerProps, 'value' | 'onValueChange'> {
  value: Interval | null;
  onValueChange: (value: Interval | null) => void;
}

/** A control that opens a calendar for a span. */
export function IntervalPicker({
  value,
  onValueChange,
  label,
  placeholder,
  disabled,
  id,
}: IntervalPickerProps) {
  const [open, setOpen] = useState(false);
  return (
    <Popover
      open={open}
      onOpenChange={setOpen}
      label={label}
      trigger={
        <Trigger
          id={id}
          disabled={disabled}
          label={label}
          text={value && formatInterval(value)}
          placeholder={placeholder}
        />
      }
    >
      <IntervalPanel
        label={label}
        value={value}
        onValueChange={onValueChange}
        onDone={() => setOpen(false)}
      />
    </Popover>
  );
}

interface TriggerProps extends React.ComponentProps<'button'> {
  label: string;
  text: string | null;
  placeholder?: string;
}

function Trigger({ label, text, placeholder, ...rest }: TriggerProps) {
  return (
    <button
      type="button"
      {...rest}
      className={control.control}
      aria-label={text ? `${label}: ${text}` : label}
    >
      <Icon of={CalendarDays} size={14} />
      <span className={control.value} data-placeholder={text === null || undefined}>
        {text ?? placeholder ?? t('date.pick')}
      </span>
    </button>
  );
}
