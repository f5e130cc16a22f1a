import { Checkbox as Base } from '@base-ui/react/checkbox';
import { Check, Minus } from 'lucide-react';
import type { ReactNode } from 'react';
import css from './Checkbox.module.css';
import { Icon } from './Icon.tsx';

/** Props of Checkbox. */
export interface CheckboxProps {
  checked: boolean;
  onCheckedChange: (checked: boolean, event: Event) => void;
  /** Some but not all of what it stands for. */
  indeterminate?: boolean;
  disabled?: boolean;
  /** The visible label; without one, give aria-label. */
  label?: ReactNode;
  'aria-label'?: string;
  tabIndex?: number;
}

/** A yes or no. */
export function Checkbox({ label, onCheckedChange, indeterminate, ...rest }: CheckboxProps) {
  const box = (
    <Base.Root
      {...rest}
      indeterminate={indeterminate}
      className={css.box}
      onCheckedChange={(checked, details) => onCheckedChange(checked, details.event)}
    >
      <Base.Indicator className={css.mark}>
        <Icon of={indeterminate ? Minus : Check} size={12} />
      </Base.Indicator>
    </Base.Root>
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
