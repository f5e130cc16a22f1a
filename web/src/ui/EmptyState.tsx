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
}

/** Stands where there is nothing yet, and says how to change that. */
export function EmptyState({ icon, title, children, actions }: EmptyStateProps) {
  return (
    <div className={css.empty}>
      {icon && (
        <span className={css.icon}>
          <Icon of={icon} size={20} />
        </span>
      )}
      <h2 className={css.title}>{title}</h2>
      {children && <div className={css.text}>{children}</div>}
      {actions && <div className={css.actions}>{actions}</div>}
    </div>
  );
}
