import '@/lib/messages/later/auth.ts';
import { signIn } from '@/api/account.ts';
import { t } from '@/lib/i18n.ts';
import { useTitle } from '@/lib/title.ts';
import { Button } from '@/ui/Button.tsx';
import { AuthLayout } from './AuthLayout.tsx';
import { checkSignIn } from './check.ts';
import { EmailEntry, PasswordEntry } from './entries.tsx';
import { useAuthForm } from './use-auth-form.ts';

/** Signs in with e-mail and password. */
export default function SignIn() {
  useTitle(t('auth.signIn.submit'));
  const form = useAuthForm({
    initial: { email: '', password: '' },
    check: checkSignIn,
    submit: ({ email, password }) => signIn({ email: email.trim(), password }),
    explain: (error) => (error.code === 'unauthenticated' ? t('auth.signIn.wrong') : undefined),
  });
  return (
    <AuthLayout
      title={t('auth.signIn.title')}
      error={form.error}
      onSubmit={form.submit}
      footer={t('auth.signIn.help')}
    >
      <EmailEntry form={form} />
      <PasswordEntry form={form} label={t('auth.password')} autoComplete="current-password" />
      <Button type="submit" tone="primary" size="large" busy={form.busy}>
        {t('auth.signIn.submit')}
      </Button>
    </AuthLayout>
  );
}
