import '@/lib/messages/later/auth.ts';
import { useState } from 'react';
import { setUp } from '@/api/account.ts';
import type { ApiError } from '@/api/error.ts';
import { t } from '@/lib/i18n.ts';
import { paths, tokenFrom } from '@/lib/routes.ts';
import { useTitle } from '@/lib/title.ts';
import { Button } from '@/ui/Button.tsx';
import { AuthLayout } from './AuthLayout.tsx';
import { checkNewAccount } from './check.ts';
import { EmailEntry, NameEntry, PasswordEntry } from './entries.tsx';
import { useAuthForm } from './use-auth-form.ts';

/** Says that a one-time link is no longer good, where that is why the server refused. */
export function explainLink(error: ApiError): string | undefined {
  const spent = error.code === 'not_found' || error.code === 'forbidden' || error.code === 'unauthenticated';
  return spent ? t('auth.linkSpent') : undefined;
}

/** Creates the first administrator, from the link that the server printed. */
export default function SetUp() {
  useTitle(t('auth.setup.title'));
  const [token] = useState(() => tokenFrom(location.hash));
  const form = useAuthForm({
    initial: { name: '', email: '', password: '' },
    check: checkNewAccount,
    submit: ({ name, email, password }) => setUp({ token, name: name.trim(), email: email.trim(), password }),
    explain: explainLink,
  });
  if (token === '')
    return <AuthLayout title={t('auth.setup.title')} text={t('auth.setup.noToken')} footer={<Leave />} />;
  return (
    <AuthLayout
      title={t('auth.setup.title')}
      text={t('auth.setup.text')}
      error={form.error}
      onSubmit={form.submit}
    >
      <NameEntry form={form} />
      <EmailEntry form={form} />
      <PasswordEntry form={form} label={t('auth.newPassword')} autoComplete="new-password" />
      <Button type="submit" tone="primary" size="large" busy={form.busy}>
        {t('auth.setup.submit')}
      </Button>
    </AuthLayout>
  );
}

/** The way out for those who have an account. */
export function Leave() {
  return <a href={paths.signIn()}>{t('auth.haveAccount')}</a>;
}
