import type { ComponentProps, ReactNode, SyntheticEvent } from 'react';
import { cx } from '@/lib/cx.ts';
import css from './Button.module.css';
import { Icon, type LucideIcon } from './Icon.tsx';
import { Tooltip } from './Tooltip.tsx';

/** How loud a button is: one primary a screen, the rest quieter. */
export type ButtonTone = 'primary' | 'secondary' | 'ghost' | 'danger';

/** Props of Button; everything a native button takes passes through. */
export interface ButtonProps extends Omit<ComponentProps<'button'>, 'className'> {
  /** secondary unless told. */
  tone?: ButtonTone;
  /** small (28 px) unless told; large (36 px) for forms on a page of their own. */
  size?: 'small' | 'large';
  icon?: LucideIcon;
  /** Behind the label: a caret, a count. */
  trailing?: ReactNode;
  /** Work is under way: the button keeps its place and focus, and does nothing. */
  busy?: boolean;
  className?: string;
}

/** A labelled button. */
export function Button(props: ButtonProps) {
  const {
    tone = 'secondary',
    size = 'small',
    icon,
    trailing,
    busy,
    className,
    children,
    disabled,
    ...rest
  } = props;
  return (
    <button
      type="button"
      {...rest}
      disabled={disabled && !busy}
      data-disabled={disabled || busy ? '' : undefined}
      {...(busy && still)}
      className={cx(css.button, className)}
      data-tone={tone}
      data-size={size}
    >
      {icon && <Icon of={icon} />}
      {children != null && <span className={css.label}>{children}</span>}
      {trailing}
      {busy && <span className={css.busy} aria-hidden="true" />}
    </button>
  );
}

function stop(event: SyntheticEvent): void {
  event.preventDefault();
  event.stopPropagation();
}

/** What makes a busy button do nothing. */
const still = { 'aria-busy': true, 'aria-disabled': true, onClick: stop } as const;

/** Props of IconButton. */
export interface IconButtonProps extends Omit<ComponentProps<'button'>, 'className' | 'children'> {
  /** The button's name: read aloud, and shown as a tooltip. */
  label: string;
  icon: LucideIcon;
  /** Keys that do the same, shown in the tooltip (as in an action's shortcut). */
  shortcut?: string;
  tone?: ButtonTone;
  size?: 'tiny' | 'small' | 'large';
  /** For a toggle: whether it is on. */
  pressed?: boolean;
  className?: string;
}

/** A button that is only an icon; its label is its tooltip. */
export function IconButton(props: IconButtonProps) {
  const { label, icon, shortcut, tone = 'ghost', size = 'small', pressed, className, ...rest } = props;
  return (
    <Tooltip content={label} shortcut={shortcut}>
      <button
        type="button"
        {...rest}
        aria-label={label}
        aria-pressed={pressed}
        data-disabled={rest.disabled ? '' : undefined}
        className={cx(css.button, css.square, className)}
        data-tone={tone}
        data-size={size}
      >
        <Icon of={icon} size={size === 'tiny' ? 14 : 16} />
      </button>
    </Tooltip>
  );
}
