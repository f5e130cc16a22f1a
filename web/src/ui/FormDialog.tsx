import { type FormEvent, type ReactNode, useId } from 'react';
import { t } from '@/lib/i18n.ts';
import { Banner } from './Banner.tsx';
import { Button } from './Button.tsx';
import { Dialog, type DialogProps } from './Dialog.tsx';
import css from './FormDialog.module.css';

/** Props of FormDialog. */
export interface FormDialogProps
  extends Pick<DialogProps, 'title' | 'description' | 'size' | 'initialFocus'> {
  /** What the button says that sends the form; without it there is only one that closes. */
  action?: string;
  /** It is being sent. */
  busy?: boolean;
  /** It cannot be sent yet. */
  disabled?: boolean;
  /** Why it was not taken, where that is said with no field. */
  refused?: string;
  /** Sends the form; not called while it is being sent or cannot be. */
  onSubmit: () => unknown;
  /** Something in the form is being changed. */
  onEdit?: () => void;
  onClose: () => void;
  /** The fields. */
  children: ReactNode;
}

/** A window with a form: it is open as long as it is there, and its buttons cancel or send the form. */
export function FormDialog(props: FormDialogProps) {
  const { action, busy, disabled, refused, onSubmit, onEdit, onClose, children, ...dialog } = props;
  const form = useId();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    // React passes events on to what is around the window in its tree, which may be a form too.
    event.stopPropagation();
    if (!busy && !disabled) onSubmit();
  };
  return (
    <Dialog
      {...dialog}
      open
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      footer={
        <>
          <Button onClick={onClose}>{t(action ? 'ui.cancel' : 'ui.close')}</Button>
          {action && (
            <Button type="submit" form={form} tone="primary" busy={busy} disabled={disabled}>
              {action}
            </Button>
          )}
        </>
      }
    >
      <form id={form} className={css.form} onSubmit={submit} onInput={onEdit} noValidate>
        {refused && <Banner tone="danger">{refused}</Banner>}
        {children}
      </form>
    </Dialog>
  );
}
