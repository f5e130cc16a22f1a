import type { ReactNode } from 'react';
import css from './Gallery.module.css';

/** Specimens under a heading. */
export function Group({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className={css.group}>
      <h2 className={css.title}>{title}</h2>
      <div className={css.items}>{children}</div>
    </section>
  );
}
