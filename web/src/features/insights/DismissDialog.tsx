import { useState } from 'react';
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
  const submit = () => {
    if (reason.trim() !== '') onDone(reason.trim());
  };
  return (
    <FormDialog
      size="small"
      title={t('insights.dismissWhy')}
      action={t('insights.dismiss')}
      disabled={reason.trim() === ''}
      onSubmit={submit}
      onClose={onClose}
    >
      <Field label={t('insights.dismissReason')}>
        <TextField value={reason} maxLength={500} onValueChange={setReason} />
      </Field>
    </FormDialog>
  );
}
