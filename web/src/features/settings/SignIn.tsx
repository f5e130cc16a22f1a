import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useId, useState } from 'react';
import { unplaced, useSend } from '@/api/use-send.ts';
import { t } from '@/lib/i18n.ts';
import { useAccount } from '@/sync/session.tsx';
import { Banner } from '@/ui/Banner.tsx';
import { Button } from '@/ui/Button.tsx';
import { Field } from '@/ui/Field.tsx';
import { PasswordField } from '@/ui/TextField.tsx';
import { toast } from '@/ui/Toast.tsx';
import { changePassword, settingsKeys } from './calls.ts';
import { passwordMin } from './password.ts';
import { Sessions } from './Sessions.tsx';
import css from './settings.module.css';

/** One's own password, and where one is signed in. */
export function SignIn() {
  return (
    <div className={css.section}>
      <PasswordForm />
      <Sessions />
    </div>
  );
}

function PasswordForm() {
  const { email } = useAccount();
  const queries = useQueryClient();
  const heading = useId();
  const { busy, failure, send, clear } = useSend();
  const [present, setPresent] = useState('');
  const [next, setNext] = useState('');
  const refused = unplaced(failure, ['presentPassword', 'password']);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (!(await send(() => changePassword(present, next)))) return;
    setPresent('');
    setNext('');
    toast({ title: t('settings.passwordChanged'), description: t('settings.othersEnded') });
    await queries.invalidateQueries({ queryKey: settingsKeys.sessions });
  };
  return (
    <form
      className={css.form}
      aria-labelledby={heading}
      onSubmit={(event) => void submit(event)}
      onInput={clear}
      noValidate
    >
      <h2 id={heading} className={css.heading}>
        {t('settings.changePassword')}
      </h2>
      {refused && <Banner tone="danger">{refused}</Banner>}
      {/* Tells password managers whose password this is. */}
      <input type="text" name="username" autoComplete="username" value={email ?? ''} readOnly hidden />
      <Field label={t('settings.presentPassword')} error={failure?.field('presentPassword')}>
        <PasswordField value={present} onValueChange={setPresent} autoComplete="current-password" />
      </Field>
      <Field
        label={t('auth.newPassword')}
        error={failure?.field('password')}
        hint={t('auth.passwordHint', { n: passwordMin })}
      >
        <PasswordField value={next} onValueChange={setNext} autoComplete="new-password" />
      </Field>
      <footer className={css.foot}>
        <Button type="submit" tone="primary" busy={busy} disabled={present === '' || next === ''}>
          {t('settings.changePassword')}
        </Button>
      </footer>
    </form>
  );
}
