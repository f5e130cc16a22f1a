import { CircleAlert } from 'lucide-react';
import { Component, type ReactNode } from 'react';
import { t } from '@/lib/i18n.ts';
import { tryPartsAgain } from '@/lib/lazy-part.ts';
import { Button } from './Button.tsx';
import { EmptyState } from './EmptyState.tsx';
import css from './ErrorBoundary.module.css';

/** Props of ErrorBoundary. */
export interface ErrorBoundaryProps {
  /** When this changes (the address, the open idea), what failed is tried again. */
  resetKey?: string;
  children: ReactNode;
}

/** Keeps a failure of one part of the page from taking down the rest, and offers to try again. */
export class ErrorBoundary extends Component<ErrorBoundaryProps, { error: unknown; failed: boolean }> {
  override state = { error: undefined as unknown, failed: false };

  static getDerivedStateFromError(error: unknown) {
    return { error, failed: true };
  }

  override componentDidUpdate(last: ErrorBoundaryProps) {
    if (this.state.failed && last.resetKey !== this.props.resetKey) this.reset();
  }

  private readonly reset = () => {
    tryPartsAgain();
    this.setState({ error: undefined, failed: false });
  };

  override render() {
    if (!this.state.failed) return this.props.children;
    const { error } = this.state;
    const actions = (
      <>
        <Button tone="primary" onClick={this.reset}>
          {t('shell.crash.retry')}
        </Button>
        <Button onClick={() => location.reload()}>{t('shell.crash.reload')}</Button>
      </>
    );
    return (
      <div role="alert">
        <EmptyState icon={CircleAlert} title={t('shell.crash.title')} actions={actions}>
          {t('shell.crash.text')}
          <details className={css.details}>
            <summary>{t('shell.crash.details')}</summary>
            <code>{error instanceof Error ? `${error.name}: ${error.message}` : String(error)}</code>
          </details>
        </EmptyState>
      </div>
    );
  }
}
