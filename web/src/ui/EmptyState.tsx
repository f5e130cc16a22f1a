import type { ReactNode } from 'react';
import css from './EmptyState.module.css';
import { Icon, type LucideIcon } from './Icon.tsx';

/** Props of EmptyState. */
export interface EmptyStateProps {
  icon?: LucideIcon;
  /** What is not there. */
  title: string;
  /** What would fill it. */
  children?: ReactNode;
  /** The buttons that fill it. */
  actions?: ReactNode;
  /** The level of the heading; 2 unless told. */
  level?: 1 | 2 | 3;
}

/** Stands where there is nothing yet, and says how to change that. */
export function EmptyState({ icon, title, children, actions, level = 2 }: EmptyStateProps) {
  const Heading = `h${level}` as const;
  return (
    <div className={css.empty}>
      {icon && (
        <span className={css.icon}>
          <Icon of={icon} size={20} />
        </span>
      )}
      <Heading className={css.title}>{title}</Heading>
      {children && <div className={css.text}>{children}</div>}
      {actions && <div className={css.actions}>{actions}</div>}
    </div>
  );
}
