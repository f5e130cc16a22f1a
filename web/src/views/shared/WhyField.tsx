import { t } from '@/lib/i18n.ts';
import { Field } from '@/ui/Field.tsx';
import { TextField } from '@/ui/TextField.tsx';

/** One line of why, for who wants to say it with what they are about to do. */
export function WhyField(props: { value: string; onValueChange: (text: string) => void }) {
  return (
    <Field label={t('ui.why')} optional>
      <TextField {...props} maxLength={500} autoComplete="off" />
    </Field>
  );
}
