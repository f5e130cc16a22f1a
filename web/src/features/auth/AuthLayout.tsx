import { type FormEvent, type ReactNode, useEffect, useRef } from 'react';
import { Banner } from '@/ui/Banner.tsx';
import css from './AuthLayout.module.css';
import { Mark } from './Mark.tsx';

/** Props of AuthLayout. */
export interface AuthLayoutProps {
  title: string;
  /** One sentence below the title. */
  text?: string;
  /** Why the last try failed. */
  error?: string;
  /** Makes the content a form. */
  onSubmit?: () => void;
  /** Below the form. */
  footer?: ReactNode;
  children?: ReactNode;
}

/** The page around signing in, setting up and joining: a mark, a title, a form. */
export function AuthLayout({ title, text, error, onSubmit, footer, children }: AuthLayoutProps) {
  const form = useRef<HTMLFormElement>(null);
  // Nothing else is on the page: who comes here may type at once.
  useEffect(() => form.current?.querySelector('input')?.focus(), []);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onSubmit?.();
  };
  return (
    <main className={css.page}>
      <div className={css.card}>
        <Mark />
        <h1 className={css.title}>{title}</h1>
        {text && <p className={css.text}>{text}</p>}
        {error && <Banner tone="danger">{error}</Banner>}
        {onSubmit ? (
          <form ref={form} className={css.form} onSubmit={submit} noValidate>
            {children}
          </form>
        ) : (
          children
        )}
        {footer && <div className={css.footer}>{footer}</div>}
      </div>
    </main>
  );
}
