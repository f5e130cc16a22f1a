import type { KeyboardEvent } from 'react';
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
  // One stop of the Tab key: the choice itself.
  const chosen = Math.max(
    0,
    options.findIndex((option) => option.value === value),
  );
  return (
    <div role="group" aria-label={label} className={cx(css.segments, className)} onKeyDown={stepFocus}>
      {options.map((option, at) => (
        <button
          key={option.value}
          type="button"
          className={css.segment}
          tabIndex={at === chosen ? 0 : -1}
          aria-pressed={option.value === value}
          data-pressed={option.value === value ? '' : undefined}
          aria-label={iconOnly ? option.label : undefined}
          title={option.icon ? option.label : undefined}
          onClick={() => {
            if (option.value !== value) onValueChange(option.value);
          }}
        >
          {option.icon && <Icon of={option.icon} size={14} />}
          {!iconOnly && <span>{option.label}</span>}
        </button>
      ))}
    </div>
  );
}

/** Arrow keys go from choice to choice, around the ends. */
function stepFocus(event: KeyboardEvent<HTMLElement>): void {
  const way = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (way === undefined || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
  const buttons = [...event.currentTarget.querySelectorAll('button')];
  const at = buttons.indexOf(event.target as HTMLButtonElement);
  event.preventDefault();
  buttons[(at + way + buttons.length) % buttons.length]?.focus();
}
