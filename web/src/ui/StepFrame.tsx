import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { formatMoment, formatRelative } from '@/lib/format.ts';
import { Avatar } from './Avatar.tsx';
import css from './StepFrame.module.css';

/** Props of StepFrame. */
export interface StepFrameProps {
  /** Who did it. */
  name: string;
  /** The address of the person's page; absent where there is none. */
  href?: string | undefined;
  at: string;
  /** Said after the moment: through what, where. */
  note?: string | undefined;
  reason?: string | undefined;
  /** Buttons at the end of the head. */
  end?: ReactNode;
  children: ReactNode;
}

/** What somebody did in one step: who, when and why above what it was; an item of a list. */
export function StepFrame({ name, href, at, note, reason, end, children }: StepFrameProps) {
  return (
    <li className={css.step}>
      <Avatar name={name} size={24} decorative />
      <div className={css.content}>
        <header className={css.head}>
          {href ? (
            <Link href={href} className={css.name}>
              {name}
            </Link>
          ) : (
            <strong className={css.name}>{name}</strong>
          )}
          <time className={css.quiet} dateTime={at} title={formatMoment(at)}>
            {formatRelative(at)}
          </time>
          {note && <span className={css.quiet}>{note}</span>}
          {end && <span className={css.end}>{end}</span>}
        </header>
        {reason && <p className={css.reason}>“{reason}”</p>}
        {children}
      </div>
    </li>
  );
}
