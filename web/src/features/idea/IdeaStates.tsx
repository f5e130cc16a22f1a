import { FileQuestion, X } from 'lucide-react';
import { t } from '@/lib/i18n.ts';
import { Banner } from '@/ui/Banner.tsx';
import { Button, IconButton } from '@/ui/Button.tsx';
import { EmptyState } from '@/ui/EmptyState.tsx';
import { Skeleton } from '@/ui/Skeleton.tsx';
import css from './IdeaPanel.module.css';
import type { IdeaState } from './idea-doc.ts';

/** The panel's top line while there is no idea to show. */
export function PanelBar({ label, onClose }: { label: string; onClose: () => void }) {
  return (
    <header className={css.header}>
      <span className={css.key}>{label}</span>
      <span className={css.tools}>
        <IconButton label={t('shell.closePanel')} icon={X} shortcut="Escape" onClick={onClose} />
      </span>
    </header>
  );
}

/** The shape of an idea that is on its way. */
export function Loading() {
  return (
    <div className={css.body} aria-busy="true">
      <div className={css.column}>
        <Skeleton width="70%" height="24px" />
        <Skeleton height="120px" />
        <Skeleton height="80px" />
      </div>
    </div>
  );
}

/** Props of Missing. */
export interface MissingProps {
  ideaKey: string;
  state: IdeaState;
  onRetry: () => void;
  /** Absent on the idea's own page. */
  onClose?: () => void;
}

/** Says why the idea cannot be shown, and what can be done. */
export function Missing({ ideaKey, state, onRetry, onClose }: MissingProps) {
  if (state.status !== 'gone') {
    return (
      <div className={css.body}>
        <Banner tone="danger" actions={<Button onClick={onRetry}>{t('shell.crash.retry')}</Button>}>
          {state.error?.message}
        </Banner>
      </div>
    );
  }
  return (
    <EmptyState
      icon={FileQuestion}
      title={t('idea.gone', { key: ideaKey })}
      actions={
        <>
          <Button onClick={onRetry}>{t('shell.crash.retry')}</Button>
          {onClose && (
            <Button tone="primary" onClick={onClose}>
              {t('shell.closePanel')}
            </Button>
          )}
        </>
      }
    >
      {t('idea.goneText')}
    </EmptyState>
  );
}
