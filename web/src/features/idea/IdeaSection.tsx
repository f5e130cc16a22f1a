import { type ReactNode, useId } from 'react';
import css from './IdeaSection.module.css';

/** Props of IdeaSection. */
export interface IdeaSectionProps {
  title: string;
  children: ReactNode;
}

/** What belongs to an idea below its text, under a heading of its own. */
export function IdeaSection({ title, children }: IdeaSectionProps) {
  const heading = useId();
  return (
    <section className={css.section} aria-labelledby={heading}>
      <h2 id={heading} className={css.heading}>
        {title}
      </h2>
      {children}
    </section>
  );
}
