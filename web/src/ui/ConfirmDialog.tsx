import { AlertDialog as Base } from '@base-ui/react/alert-dialog';
import type { ReactNode } from 'react';
import { t } from '@/lib/i18n.ts';
import { Button } from './Button.tsx';
import css from './Dialog.module.css';

/** Props of ConfirmDialog. */
export interface ConfirmDialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  /** The question: "Delete the field Effort?" */
  title: string;
  /** What will be lost and whether it can be brought back. */
  children: ReactNode;
  /** The verb on the button: "Delete field". */
  confirm: string;
  busy?: boolean;
  onConfirm: () => void;
}

/** Asks before something that cannot be undone; nothing else deserves a question. */
export function ConfirmDialog({
  open,
  onOpenChange,
  title,
  children,
  confirm,
  busy,
  onConfirm,
}: ConfirmDialogProps) {
  return (
    <Base.Root open={open} onOpenChange={onOpenChange}>
      <Base.Portal>
        <Base.Backdrop className={css.backdrop} />
        <Base.Viewport className={css.viewport}>
          <Base.Popup className={css.popup} data-size="small" data-hotkeys="off">
            <header className={css.header}>
              <Base.Title className={css.title}>{title}</Base.Title>
            </header>
            <Base.Description className={css.description} render={<div />}>
              {children}
            </Base.Description>
            <footer className={css.footer}>
              <Base.Close render={<Button>{t('ui.cancel')}</Button>} />
              <Button tone="danger" busy={busy} onClick={onConfirm}>
                {confirm}
              </Button>
            </footer>
          </Base.Popup>
        </Base.Viewport>
      </Base.Portal>
    </Base.Root>
  );
}
