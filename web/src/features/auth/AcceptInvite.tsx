import '@/lib/messages/later/auth.ts';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { acceptInvitation, getInvitation } from '@/api/account.ts';
import { ApiError } from '@/api/error.ts';
import type { components } from '@/api/schema.d.ts';
import { t } from '@/lib/i18n.ts';
import { tokenFrom } from '@/lib/routes.ts';
import { useTitle } from '@/lib/title.ts';
import { Button } from '@/ui/Button.tsx';
import { AuthLayout } from './AuthLayout.tsx';
import { checkNewAccount } from './check.ts';
import { EmailEntry, NameEntry, PasswordEntry } from './entries.tsx';
import { explainLink, Leave } from './SetUp.tsx';
import { useAuthForm } from './use-auth-form.ts';

type Offer = components['schemas']['InvitationOffer'];

/** Creates the account that an invitation link was made for. */
export default function AcceptInvite() {
  const title = t('auth.invite.titlePlain');
  useTitle(title);
  const [token] = useState(() => tokenFrom(location.hash));
  const offer = useQuery<Offer, Error>({
    queryKey: ['invitation', token],
    queryFn: ({ signal }) => getInvitation(token, signal),
    enabled: token !== '',
    retry: false,
  });
  if (token === '') return <AuthLayout title={title} text={t('auth.invite.noToken')} footer={<Leave />} />;
  if (offer.data) return <AcceptForm token={token} offer={offer.data} />;
  if (!offer.error) return <AuthLayout title={title} />;
  const known = offer.error instanceof ApiError ? explainLink(offer.error) : undefined;
  return (
    <AuthLayout title={title} error={known ?? offer.error.message} footer={<Leave />}>
      {!known && <Button onClick={() => void offer.refetch()}>{t('shell.crash.retry')}</Button>}
    </AuthLayout>
  );
}

function AcceptForm({ token, offer }: { token: string; offer: Offer }) {
  const form = useAuthForm({
    // An invitation may leave the address to whoever holds the link.
    initial: { name: '', email: offer.email ?? '', password: '' },
    check: checkNewAccount,
    submit: ({ name, email, password }) =>
      acceptInvitation({ token, name: name.trim(), email: offer.email ? undefined : email.trim(), password }),
    explain: explainLink,
  });
  const workspace = offer.project ?? offer.workspace;
  const text = offer.invitedBy ? t('auth.invite.by', { inviter: offer.invitedBy }) : t('auth.invite.text');
  return (
    <AuthLayout
      title={t('auth.invite.title', { workspace })}
      text={offer.email ? `${text} ${t('auth.invite.as', { email: offer.email })}` : text}
      error={form.error}
      onSubmit={form.submit}
      footer={<Leave />}
    >
      <NameEntry form={form} />
      {!offer.email && <EmailEntry form={form} />}
      <PasswordEntry form={form} label={t('auth.newPassword')} autoComplete="new-password" />
      <Button type="submit" tone="primary" size="large" busy={form.busy}>
        {t('auth.invite.submit')}
      </Button>
    </AuthLayout>
  );
}
