import { t } from '@/lib/i18n.ts';
import { paths } from '@/lib/routes.ts';
import type { NewInvitation } from './calls.ts';
import { Secret } from './Secret.tsx';

/** Props of InvitationLink. */
export interface InvitationLinkProps {
  invitation: NewInvitation;
  onDone: () => void;
}

/** The link of an invitation that was just made, shown this once. */
export function InvitationLink({ invitation, onDone }: InvitationLinkProps) {
  const { email, token } = invitation;
  return (
    <Secret
      label={t('settings.link')}
      value={`${location.origin}${paths.invite()}#token=${encodeURIComponent(token)}`}
      hint={t(email ? 'settings.linkFor' : 'settings.linkOnce', { email: email ?? '' })}
      onDone={onDone}
    />
  );
}
