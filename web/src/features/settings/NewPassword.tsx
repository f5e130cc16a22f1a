import { type FormEvent, useId, useState } from 'react';
import { t } from '@/lib/i18n.ts';
import { Banner } from '@/ui/Banner.tsx';
import { Field } from '@/ui/Field.tsx';
import { FormDialog } from '@/ui/FormDialog.tsx';
import { PasswordField } from '@/ui/TextField.tsx';
import { toast } from '@/ui/Toast.tsx';
import { type Person, resetPassword } from './calls.ts';
import { passwordMin } from './password.ts';
import css from './settings.module.css';
import { unplaced, useSend } from './use-send.ts';

/** Gives somebody a new password. */
export function NewPasswordDialog({ person, onClose }: { person: Person; onClose: () => void }) {
  const form = useId();
  const { busy, failure, send, clear } = useSend();
  const [password, setPassword] = useState('');
  const refused = unplaced(failure, ['password']);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (!(await send(() => resetPassword(person.id, password)))) return;
    onClose();
    toast({ title: t('settings.passwordSet', { name: person.name }) });
  };
  return (
    <FormDialog
      form={form}
      size="small"
      title={t('settings.setPasswordOf', { name: person.name })}
      description={t('settings.setPasswordText')}
      action={t('settings.setPassword')}
      busy={busy}
      onClose={onClose}
    >
      <form
        id={form}
        className={css.form}
        onSubmit={(event) => void submit(event)}
        onInput={clear}
        noValidate
      >
        {refused && <Banner tone="danger">{refused}</Banner>}
        <Field
          label={t('auth.newPassword')}
          hint={t('auth.passwordHint', { n: passwordMin })}
          error={failure?.field('password')}
        >
          <PasswordField value={password} onValueChange={setPassword} autoComplete="new-password" />
        </Field>
      </form>
    </FormDialog>
  );
}
