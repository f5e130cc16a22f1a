import { CircleAlert, CircleCheck, Info, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import css from './Banner.module.css';
import { Icon } from './Icon.tsx';

const icons = { info: Info, success: CircleCheck, warning: TriangleAlert, danger: CircleAlert };

/** Props of Banner. */
export interface BannerProps {
  /** info unless told. danger is read out at once. */
  tone?: keyof typeof icons;
  title?: string;
  children?: ReactNode;
  actions?: ReactNode;
}

/** Something that matters for the whole page or form, in its place until it no longer holds. */
export function Banner({ tone = 'info', title, children, actions }: BannerProps) {
  return (
    <div className={css.banner} data-tone={tone} role={tone === 'danger' ? 'alert' : 'status'}>
      <Icon of={icons[tone]} className={css.icon} />
      <div className={css.text}>
        {title && <strong className={css.title}>{title}</strong>}
        {children && <div>{children}</div>}
      </div>
      {actions && <div className={css.actions}>{actions}</div>}
    </div>
  );
}
