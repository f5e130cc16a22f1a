import { type FormEvent, useState } from 'react';
import { t } from '@/lib/i18n.ts';
import { Button } from '@/ui/Button.tsx';
import { Dialog } from '@/ui/Dialog.tsx';
import { Field } from '@/ui/Field.tsx';
import { TextField } from '@/ui/TextField.tsx';

/** Asks why nothing is done with an insight. */
export function DismissDialog({
  onDone,
  onClose,
}: {
  onDone: (reason: string) => void;
  onClose: () => void;
}) {
  const [reason, setReason] = useState('');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (reason.trim() !== '') onDone(reason.trim());
  };
  return (
    <Dialog
      open
      size="small"
      onOpenChange={(open) => !open && onClose()}
      title={t('insights.dismissWhy')}
      footer={
        <>
          <Button onClick={onClose}>{t('ui.cancel')}</Button>
          <Button type="submit" form="dismiss" tone="primary" disabled={reason.trim() === ''}>
            {t('insights.dismiss')}
          </Button>
        </>
      }
    >
      <form id="dismiss" onSubmit={submit}>
        <Field label={t('insights.dismissReason')}>
          <TextField value={reason} maxLength={500} onValueChange={setReason} />
        </Field>
      </form>
    </Dialog>
  );
}
