import type { ReactNode } from 'react';
import { t } from '@/lib/i18n.ts';
import { Button } from './Button.tsx';
import { Dialog, type DialogProps } from './Dialog.tsx';

/** Props of FormDialog. */
export interface FormDialogProps extends Pick<DialogProps, 'title' | 'description' | 'size'> {
  /** The id of the form among the children. */
  form: string;
  /** What the button says that sends the form. */
  action: string;
  /** It is being sent. */
  busy?: boolean;
  /** It cannot be sent yet. */
  disabled?: boolean;
  onClose: () => void;
  children: ReactNode;
}

/** A window with a form: it is open as long as it is there, and its buttons cancel or send the form. */
export function FormDialog({ form, action, busy, disabled, onClose, children, ...dialog }: FormDialogProps) {
  return (
    <Dialog
      {...dialog}
      open
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      footer={
        <>
          <Button onClick={onClose}>{t('ui.cancel')}</Button>
          <Button type="submit" form={form} tone="primary" busy={busy} disabled={disabled}>
            {action}
          </Button>
        </>
      }
    >
      {children}
    </Dialog>
  );
}
