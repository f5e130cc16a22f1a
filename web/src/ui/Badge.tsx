import type { ReactNode } from 'react';
import css from './Badge.module.css';

/** Props of Badge. */
export interface BadgeProps {
  /** neutral unless told. */
  tone?: 'neutral' | 'accent' | 'success' | 'warning' | 'danger';
  children: ReactNode;
}

/** A small word about the state of something. */
export function Badge({ tone = 'neutral', children }: BadgeProps) {
  return (
    <span className={css.badge} data-tone={tone}>
      {children}
    </span>
  );
}
