import { Field as Base } from '@base-ui/react/field';
import { Input } from '@base-ui/react/input';
import type { ReactNode } from 'react';
import { cx } from '@/lib/cx.ts';
import { t } from '@/lib/i18n.ts';
import css from './Field.module.css';
import { InputContext } from './field-input.ts';

/** Props of Field. */
export interface FieldProps {
  label: string;
  /** Keep the label for screen readers only. */
  hideLabel?: boolean;
  /** What is expected, below the control. */
  hint?: ReactNode;
  /** What is wrong and how to mend it; marks the control. */
  error?: string;
  optional?: boolean;
  className?: string;
  children: ReactNode;
}

/** A control with its label, hint and error, tied together for screen readers. */
export function Field({ label, hideLabel, hint, error, optional, className, children }: FieldProps) {
  return (
    <Base.Root className={cx(css.field, className)} invalid={error !== undefined && error !== ''}>
      <Base.Label className={hideLabel ? 'visually-hidden' : css.label}>
        {label}
        {optional && <span className={css.optional}> {t('ui.optional')}</span>}
      </Base.Label>
      <InputContext value={Input}>{children}</InputContext>
      {error ? (
        <Base.Error className={css.error} match>
          {error}
        </Base.Error>
      ) : (
        hint && <Base.Description className={css.hint}>{hint}</Base.Description>
      )}
    </Base.Root>
  );
}
