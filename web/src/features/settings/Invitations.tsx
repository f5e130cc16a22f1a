import { useQuery } from '@tanstack/react-query';
import { MailPlus, Plus } from 'lucide-react';
import { useState } from 'react';
import { t } from '@/lib/i18n.ts';
import { useWorkspace } from '@/sync/project.tsx';
import { Badge } from '@/ui/Badge.tsx';
import { Button } from '@/ui/Button.tsx';
import { EmptyState } from '@/ui/EmptyState.tsx';
import {
  getInvitations,
  type Invitation,
  type NewInvitation,
  revokeInvitation,
  settingsKeys,
} from './calls.ts';
import { expiryText } from './expiry.ts';
import { InvitationLink } from './InvitationLink.tsx';
import { Listing } from './Listing.tsx';
import { NewInvitationDialog } from './NewInvitation.tsx';
import { RevocableLine } from './RevocableLine.tsx';
import css from './settings.module.css';

/** Invitations that nobody has accepted yet. */
export function Invitations() {
  const [making, setMaking] = useState(false);
  const [made, setMade] = useState<NewInvitation>();
  const { data, error } = useQuery({
    queryKey: settingsKeys.invitations,
    queryFn: ({ signal }) => getInvitations(signal),
  });
  return (
    <div className={css.part}>
      <div className={css.head}>
        <p className={css.text}>{t('settings.invitationsText')}</p>
        <Button icon={Plus} onClick={() => setMaking(true)}>
          {t('settings.newInvitation')}
        </Button>
      </div>
      {made && <InvitationLink key={made.id} invitation={made} onDone={() => setMade(undefined)} />}
      <Listing
        label={t('settings.invitations')}
        items={data}
        error={error}
        empty={
          <EmptyState icon={MailPlus} title={t('settings.noInvitations')}>
            {t('settings.noInvitationsText')}
          </EmptyState>
        }
      >
        {(invitation) => (
          <InvitationLine
            key={invitation.id}
            invitation={invitation}
            onRevoked={() => setMade((last) => (last?.id === invitation.id ? undefined : last))}
          />
        )}
      </Listing>
      {making && <NewInvitationDialog onMade={setMade} onClose={() => setMaking(false)} />}
    </div>
  );
}

interface InvitationLineProps {
  invitation: Invitation;
  onRevoked: () => void;
}

function InvitationLine({ invitation, onRevoked }: InvitationLineProps) {
  const { workspace } = useWorkspace();
  const { email, project, role, expiresAt, createdBy } = invitation;
  const name = email ?? t('settings.anyone');
  const opens = workspace?.projects?.find((each) => each.key === project)?.name ?? project;
  const by = workspace?.people?.find((person) => person.id === createdBy)?.name;
  const facts = [
    opens && role && t('settings.opens', { project: opens, role: t(`project.role.${role}`) }),
    by && t('settings.invitedBy', { name: by }),
  ].filter(Boolean);
  return (
    <RevocableLine
      name={name}
      badge={invitation.admin && <Badge tone="accent">{t('settings.admin')}</Badge>}
      expiresAt={expiresAt}
      facts={[expiryText(expiresAt), ...facts].join(' · ')}
      revoking={{
        title: t('settings.revokeInvitationTitle', { name }),
        text: t('settings.revokeInvitationText'),
        done: t('settings.invitationRevoked'),
        revoke: async () => {
          await revokeInvitation(invitation.id);
          onRevoked();
        },
        from: settingsKeys.invitations,
      }}
    />
  );
}
