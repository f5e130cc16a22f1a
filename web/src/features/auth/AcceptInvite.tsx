import { useState } from 'react';
import { acceptInvitation } from '@/api/account.ts';
import { t } from '@/lib/i18n.ts';
import { tokenFrom } from '@/lib/routes.ts';
import { useTitle } from '@/lib/title.ts';
import { Button } from '@/ui/Button.tsx';
import { AuthLayout } from './AuthLayout.tsx';
import { checkNewAccount } from './check.ts';
import { NameEntry, PasswordEntry } from './entries.tsx';
import { explainLink, Leave } from './SetUp.tsx';
import { useAuthForm } from './use-auth-form.ts';

/** Creates the account that an invitation link was made for. */
export default function AcceptInvite() {
  const title = t('auth.invite.titlePlain');
  useTitle(title);
  const [token] = useState(() => tokenFrom(location.hash));
  const form = useAuthForm({
    initial: { name: '', password: '' },
    check: checkNewAccount,
    submit: ({ name, password }) => acceptInvitation({ token, name: name.trim(), password }),
    explain: explainLink,
  });
  if (token === '') return <AuthLayout title={title} text={t('auth.invite.noToken')} footer={<Leave />} />;
  return (
    <AuthLayout
      title={title}
      text={t('auth.invite.text')}
      error={form.error}
      onSubmit={form.submit}
      footer={<Leave />}
    >
      <NameEntry form={form} />
      <PasswordEntry form={form} label={t('auth.newPassword')} autoComplete="new-password" />
      <Button type="submit" tone="primary" size="large" busy={form.busy}>
        {t('auth.invite.submit')}
      </Button>
    </AuthLayout>
  );
}
