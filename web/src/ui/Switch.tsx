import { Switch as Base } from '@base-ui/react/switch';
import type { ReactNode } from 'react';
import css from './Switch.module.css';

/** Props of Switch. */
export interface SwitchProps {
  checked: boolean;
  onCheckedChange: (checked: boolean) => void;
  label: ReactNode;
  /** What it does, below the label. */
  hint?: ReactNode;
  disabled?: boolean;
}

/** A setting that applies at once. */
export function Switch({ checked, onCheckedChange, label, hint, disabled }: SwitchProps) {
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the control is the switch inside
    <label className={css.row}>
      <span className={css.text}>
        <span>{label}</span>
        {hint && <span className={css.hint}>{hint}</span>}
      </span>
      <Base.Root
        className={css.track}
        checked={checked}
        disabled={disabled}
        onCheckedChange={(next) => onCheckedChange(next)}
      >
        <Base.Thumb className={css.thumb} />
      </Base.Root>
    </label>
  );
}
