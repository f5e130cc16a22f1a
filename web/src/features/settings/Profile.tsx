import { useQueryClient } from '@tanstack/react-query';
import { Monitor, Moon, Sun } from 'lucide-react';
import { type FormEvent, useId, useState } from 'react';
import { unplaced, useSend } from '@/api/use-send.ts';
import { t } from '@/lib/i18n.ts';
import { setTheme, useTheme } from '@/lib/theme.ts';
import { cacheKeys } from '@/sync/project.tsx';
import { useAccount, useSignedIn } from '@/sync/session.tsx';
import { Banner } from '@/ui/Banner.tsx';
import { Button } from '@/ui/Button.tsx';
import { Field } from '@/ui/Field.tsx';
import { Segments } from '@/ui/Segments.tsx';
import { PasswordField, TextField } from '@/ui/TextField.tsx';
import { toast } from '@/ui/Toast.tsx';
import { updateAccount } from './calls.ts';
import css from './settings.module.css';

/** One's own name and address, and how Cairn looks in this browser. */
export function Profile() {
  return (
    <div className={css.section}>
      <AccountForm />
      <ThemeChoice />
    </div>
  );
}

function AccountForm() {
  const account = useAccount();
  const signedIn = useSignedIn();
  const queries = useQueryClient();
  const { busy, failure, send, clear } = useSend();
  const [name, setName] = useState(account.name);
  const [email, setEmail] = useState(account.email ?? '');
  const [password, setPassword] = useState('');
  const moved = email.trim() !== (account.email ?? '');
  const refused = unplaced(failure, ['name', 'email', 'presentPassword']);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const saved = await send(async () => {
      const next = await updateAccount({ name, ...(moved ? { email, presentPassword: password } : {}) });
      signedIn(next);
      setName(next.name);
      setEmail(next.email ?? '');
    });
    if (!saved) return;
    setPassword('');
    toast({ title: t('settings.saved') });
    await queries.invalidateQueries({ queryKey: cacheKeys.workspace });
  };
  return (
    <form className={css.form} onSubmit={(event) => void submit(event)} onInput={clear} noValidate>
      {refused && <Banner tone="danger">{refused}</Banner>}
      <Field label={t('auth.name')} error={failure?.field('name')}>
        <TextField value={name} onValueChange={setName} autoComplete="name" />
      </Field>
      <Field label={t('auth.email')} error={failure?.field('email')} hint={t('settings.emailHint')}>
        <TextField
          type="email"
          value={email}
          onValueChange={setEmail}
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
        />
      </Field>
      {moved && (
        <Field
          label={t('settings.presentPassword')}
          hint={t('settings.presentPasswordForEmail')}
          error={failure?.field('presentPassword')}
        >
          <PasswordField value={password} onValueChange={setPassword} autoComplete="current-password" />
        </Field>
      )}
      <footer className={css.foot}>
        <Button type="submit" tone="primary" busy={busy} disabled={!moved && name === account.name}>
          {t('ui.save')}
        </Button>
      </footer>
    </form>
  );
}

function ThemeChoice() {
  const theme = useTheme();
  const heading = useId();
  return (
    <section className={css.part} aria-labelledby={heading}>
      <h2 id={heading} className={css.heading}>
        {t('shell.theme')}
      </h2>
      <Segments
        className={css.start}
        label={t('shell.theme')}
        options={[
          { value: 'system', label: t('shell.theme.system'), icon: Monitor },
          { value: 'light', label: t('shell.theme.light'), icon: Sun },
          { value: 'dark', label: t('shell.theme.dark'), icon: Moon },
        ]}
        value={theme}
        onValueChange={setTheme}
      />
      <p className={css.quiet}>{t('settings.themeHint')}</p>
    </section>
  );
}
