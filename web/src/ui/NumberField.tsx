import { NumberField as Base } from '@base-ui/react/number-field';
import { ChevronDown, ChevronUp } from 'lucide-react';
import type { ReactNode } from 'react';
import { cx } from '@/lib/cx.ts';
import { formatLocale } from '@/lib/format.ts';
import { t } from '@/lib/i18n.ts';
import control from './control.module.css';
import { Icon } from './Icon.tsx';
import css from './NumberField.module.css';

/** Props of NumberField. */
export interface NumberFieldProps {
  value: number | null;
  onValueChange: (value: number | null) => void;
  /** Called once a value is settled: on Enter, on leaving, at the end of stepping. */
  onValueCommit?: (value: number | null) => void;
  min?: number;
  max?: number;
  /** 1 unless told. */
  step?: number;
  /** How it is written, as Intl.NumberFormat takes it. */
  format?: Intl.NumberFormatOptions;
  suffix?: ReactNode;
  placeholder?: string;
  disabled?: boolean;
  id?: string;
  'aria-label'?: string;
  className?: string;
}

/** A number, typed in the way of the reader's language or stepped with the arrow keys. */
export function NumberField(props: NumberFieldProps) {
  const {
    value,
    onValueChange,
    onValueCommit,
    suffix,
    placeholder,
    className,
    'aria-label': label,
    ...rest
  } = props;
  return (
    <Base.Root
      {...rest}
      value={value}
      onValueChange={(next) => onValueChange(next)}
      onValueCommitted={(next) => onValueCommit?.(next)}
      locale={formatLocale()}
      className={cx(control.control, css.root, className)}
      render={<Base.Group />}
    >
      <Base.Input
        className={cx(control.input, css.input)}
        placeholder={placeholder}
        aria-label={label}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || !onValueCommit) return;
          // What is typed is taken when the field is left; Enter takes it and stays.
          event.currentTarget.blur();
          event.currentTarget.focus();
        }}
      />
      {suffix && <span className={control.affix}>{suffix}</span>}
      <span className={css.steps}>
        <Base.Increment className={css.step} aria-label={t('ui.increase')}>
          <Icon of={ChevronUp} size={12} />
        </Base.Increment>
        <Base.Decrement className={css.step} aria-label={t('ui.decrease')}>
          <Icon of={ChevronDown} size={12} />
        </Base.Decrement>
      </span>
    </Base.Root>
  );
}
