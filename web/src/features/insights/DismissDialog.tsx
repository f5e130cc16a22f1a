import { type FormEvent, useState } from 'react';
import { t } from '@/lib/i18n.ts';
import { Field } from '@/ui/Field.tsx';
import { FormDialog } from '@/ui/FormDialog.tsx';
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
    <FormDialog
      form="dismiss"
      size="small"
      title={t('insights.dismissWhy')}
      action={t('insights.dismiss')}
      disabled={reason.trim() === ''}
      onClose={onClose}
    >
      <form id="dismiss" onSubmit={submit}>
        <Field label={t('insights.dismissReason')}>
          <TextField value={reason} maxLength={500} onValueChange={setReason} />
        </Field>
      </form>
    </FormDialog>
  );
}
