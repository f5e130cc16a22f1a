import { useState } from 'react';
import { unplaced, useSend } from '@/api/use-send.ts';
import { t } from '@/lib/i18n.ts';
import { Field } from '@/ui/Field.tsx';
import { FormDialog } from '@/ui/FormDialog.tsx';
import { PasswordField } from '@/ui/TextField.tsx';
import { toast } from '@/ui/Toast.tsx';
import { type Person, resetPassword } from './calls.ts';
import { passwordMin } from './password.ts';

/** Gives somebody a new password. */
export function NewPasswordDialog({ person, onClose }: { person: Person; onClose: () => void }) {
  const { busy, failure, send, clear } = useSend();
  const [password, setPassword] = useState('');
  const submit = async () => {
    if (!(await send(() => resetPassword(person.id, password)))) return;
    onClose();
    toast({ title: t('settings.passwordSet', { name: person.name }) });
  };
  return (
    <FormDialog
      size="small"
      title={t('settings.setPasswordOf', { name: person.name })}
      description={t('settings.setPasswordText')}
      action={t('settings.setPassword')}
      busy={busy}
      refused={unplaced(failure, ['password'])}
      onSubmit={submit}
      onEdit={clear}
      onClose={onClose}
    >
      <Field
        label={t('auth.newPassword')}
        hint={t('auth.passwordHint', { n: passwordMin })}
        error={failure?.field('password')}
      >
        <PasswordField value={password} onValueChange={setPassword} autoComplete="new-password" />
      </Field>
    </FormDialog>
  );
}
