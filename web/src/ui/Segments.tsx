import { Toggle } from '@base-ui/react/toggle';
import { ToggleGroup } from '@base-ui/react/toggle-group';
import { cx } from '@/lib/cx.ts';
import { Icon, type LucideIcon } from './Icon.tsx';
import css from './Segments.module.css';

/** Props of Segments. */
export interface SegmentsProps<T extends string> {
  options: readonly { value: T; label: string; icon?: LucideIcon }[];
  value: T;
  onValueChange: (value: T) => void;
  /** The name of the choice. */
  label: string;
  /** Show icons only; labels become names for screen readers. */
  iconOnly?: boolean;
  className?: string;
}

/** One of two to five choices, all in sight. */
export function Segments<T extends string>({
  options,
  value,
  onValueChange,
  label,
  iconOnly,
  className,
}: SegmentsProps<T>) {
  return (
    <ToggleGroup
      className={cx(css.segments, className)}
      aria-label={label}
      value={[value]}
      onValueChange={(next) => {
        const chosen = options.find((option) => option.value === next[0]);
        // Pressing the chosen one again would leave none.
        if (chosen) onValueChange(chosen.value);
      }}
    >
      {options.map((option) => (
        <Toggle
          key={option.value}
          value={option.value}
          className={css.segment}
          aria-label={iconOnly ? option.label : undefined}
          title={option.icon ? option.label : undefined}
        >
          {option.icon && <Icon of={option.icon} size={14} />}
          {!iconOnly && <span>{option.label}</span>}
        </Toggle>
      ))}
    </ToggleGroup>
  );
}
