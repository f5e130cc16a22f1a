import { Check, Minus } from 'lucide-react';
import { type ReactNode, useCallback } from 'react';
import css from './Checkbox.module.css';
import { Icon } from './Icon.tsx';

/** Props of Checkbox. */
export interface CheckboxProps {
  checked: boolean;
  onCheckedChange: (checked: boolean) => void;
  /** Some but not all of what it stands for. */
  indeterminate?: boolean;
  disabled?: boolean;
  /** The visible label; without one, give aria-label. */
  label?: ReactNode;
  'aria-label'?: string;
  tabIndex?: number;
}

/** A yes or no. */
export function Checkbox({ label, onCheckedChange, indeterminate = false, ...rest }: CheckboxProps) {
  // HTML knows no attribute for it.
  const mixed = useCallback(
    (input: HTMLInputElement | null) => {
      if (input) input.indeterminate = indeterminate;
    },
    [indeterminate],
  );
  const box = (
    <span
      className={css.box}
      data-on={rest.checked || indeterminate || undefined}
      data-disabled={rest.disabled || undefined}
    >
      <input
        {...rest}
        ref={mixed}
        type="checkbox"
        className={css.input}
        onChange={(event) => onCheckedChange(event.target.checked)}
      />
      {(rest.checked || indeterminate) && <Icon of={indeterminate ? Minus : Check} size={12} />}
    </span>
  );
  if (label === undefined) return box;
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the control is the box inside
    <label className={css.row}>
      {box}
      <span>{label}</span>
    </label>
  );
}
