import '@/lib/messages/later/reason.ts';
import { useState } from 'react';
import { t } from '@/lib/i18n.ts';
import type { Asking } from '@/sync/asking.ts';
import { Field } from '@/ui/Field.tsx';
import { FormDialog } from '@/ui/FormDialog.tsx';
import { TextField } from '@/ui/TextField.tsx';

/** How many characters a reason may have. */
const most = 500;

/** Asks for one line of why: because the project wants it, or because the person wants to say it. */
export default function ReasonDialog({ asking }: { asking: Asking }) {
  const [reason, setReason] = useState('');
  const { questions, answer } = asking;
  const wanted = questions.length > 0;
  const said = reason.trim();
  const submit = () => {
    if (said !== '') answer(said);
  };
  return (
    <FormDialog
      size="small"
      title={t('reason.title')}
      description={wanted ? `${questions.join('. ')}. ${t('reason.asked')}` : t('reason.about')}
      action={t(wanted ? 'reason.go' : 'reason.say')}
      disabled={said === ''}
      onSubmit={submit}
      onClose={() => answer(undefined)}
    >
      <Field label={t('reason.line')}>
        <TextField value={reason} onValueChange={setReason} maxLength={most} autoComplete="off" />
      </Field>
    </FormDialog>
  );
}
