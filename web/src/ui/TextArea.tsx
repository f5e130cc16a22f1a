import { Field } from '@base-ui/react/field';
import type { ComponentProps } from 'react';
import { cx } from '@/lib/cx.ts';
import css from './TextArea.module.css';

/** Props of TextArea; everything a native textarea takes passes through. */
export interface TextAreaProps
  extends Omit<ComponentProps<'textarea'>, 'value' | 'onChange' | 'defaultValue' | 'className'> {
  value: string;
  onValueChange: (value: string) => void;
  className?: string;
}

/** Several lines of text; grows with what is written, up to half the screen. */
export function TextArea({ value, onValueChange, className, ref, ...rest }: TextAreaProps) {
  return (
    <Field.Control
      value={value}
      onValueChange={(next) => onValueChange(String(next))}
      render={<textarea ref={ref} rows={3} {...rest} className={cx(css.area, className)} />}
    />
  );
}
