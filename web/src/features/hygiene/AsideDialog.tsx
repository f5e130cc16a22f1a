import { useState } from 'react';
import { t } from '@/lib/i18n.ts';
import { Field } from '@/ui/Field.tsx';
import { FormDialog } from '@/ui/FormDialog.tsx';
import { Select } from '@/ui/Select.tsx';
import { TextField } from '@/ui/TextField.tsx';

const spans = ['30', '90', '365'] as const;
type Span = (typeof spans)[number];

/** Asks why something is no problem, and for how long. */
export function AsideDialog({
  onDone,
  onClose,
}: {
  onDone: (aside: { days: number; why: string }) => void;
  onClose: () => void;
}) {
  const [why, setWhy] = useState('');
  const [span, setSpan] = useState<Span>('90');
  const submit = () => {
    onDone({ days: Number(span), why: why.trim() });
  };
  return (
    <FormDialog
      size="small"
      title={t('hygiene.notAProblemTitle')}
      description={t('hygiene.notAProblemText')}
      action={t('hygiene.put')}
      onSubmit={submit}
      onClose={onClose}
    >
      <Field label={t('hygiene.reason')}>
        <TextField value={why} maxLength={200} onValueChange={setWhy} />
      </Field>
      <Field label={t('hygiene.for')}>
        <Select<Span>
          value={span}
          onValueChange={setSpan}
          options={spans.map((value) => ({ value, label: t(`hygiene.for.${value}`) }))}
        />
      </Field>
    </FormDialog>
  );
}
