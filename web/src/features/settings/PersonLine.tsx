import { Ellipsis, KeyRound, MailPlus, ShieldCheck, ShieldOff, UserCheck, UserX } from 'lucide-react';
import { useState } from 'react';
import { t } from '@/lib/i18n.ts';
import { useAccount } from '@/sync/session.tsx';
import { Avatar } from '@/ui/Avatar.tsx';
import { Badge } from '@/ui/Badge.tsx';
import { Button, IconButton } from '@/ui/Button.tsx';
import { ConfirmDialog } from '@/ui/ConfirmDialog.tsx';
import { Menu, type MenuEntry } from '@/ui/Menu.tsx';
import type { NewInvitation, Person } from './calls.ts';
import { InvitationLink } from './InvitationLink.tsx';
import { InvitePersonDialog } from './InvitePerson.tsx';
import { NewPasswordDialog } from './NewPassword.tsx';
import css from './settings.module.css';
import { type PersonChange, usePersonChange } from './use-person-change.ts';

/** Somebody of the workspace, with what an administrator may do about them. */
export function PersonLine({ person }: { person: Person }) {
  const own = useAccount().id === person.id;
  const change = usePersonChange(person);
  const [dialog, setDialog] = useState<Asked>();
  const [made, setMade] = useState<NewInvitation>();
  const close = () => setDialog(undefined);
  const { name } = person;
  return (
    <li className={css.line} data-off={person.disabled || undefined}>
      <Avatar name={name} size={24} decorative />
      <div className={css.grow}>
        <span className={css.named}>
          <span className={css.name}>{name}</span>
          <Standing person={person} own={own} />
        </span>
        {person.email && <span className={css.quiet}>{person.email}</span>}
      </div>
      {person.placeholder ? (
        <Button
          icon={MailPlus}
          aria-label={t('settings.inviteNamed', { name })}
          onClick={() => setDialog('invite')}
        >
          {t('settings.invite')}
        </Button>
      ) : (
        <Menu
          align="end"
          items={own ? ownItems(person, setDialog) : itemsFor(person, change, setDialog)}
          trigger={<IconButton label={t('settings.actionsFor', { name })} icon={Ellipsis} />}
        />
      )}
      {made && (
        <div className={css.wide}>
          <InvitationLink invitation={made} onDone={() => setMade(undefined)} />
        </div>
      )}
      {change.failure && (
        <p className={css.refused} role="alert">
          {change.failure.message}
        </p>
      )}
      {dialog === 'invite' && <InvitePersonDialog person={person} onMade={setMade} onClose={close} />}
      {dialog === 'password' && <NewPasswordDialog person={person} onClose={close} />}
      {dialog === 'step-down' && (
        <ConfirmDialog
          open
          onOpenChange={(open) => {
            if (!open) close();
          }}
          title={t('settings.stepDownTitle')}
          confirm={t('settings.stepDown')}
          busy={change.busy}
          onConfirm={() => void change.set({ admin: false }).then(close)}
        >
          {t('settings.stepDownText')}
        </ConfirmDialog>
      )}
    </li>
  );
}

function Standing({ person, own }: { person: Person; own: boolean }) {
  return (
    <>
      {own && <Badge>{t('settings.you')}</Badge>}
      {person.admin && <Badge tone="accent">{t('settings.admin')}</Badge>}
      {person.disabled && <Badge tone="warning">{t('settings.disabled')}</Badge>}
      {person.placeholder && <Badge>{t('settings.placeholder')}</Badge>}
    </>
  );
}

type Asked = 'password' | 'step-down' | 'invite';
type Ask = (dialog: Asked) => void;

/** Nobody disables themselves, and one's own password is changed where the present one is asked for. */
function ownItems(person: Person, ask: Ask): MenuEntry[] {
  return [
    {
      id: 'admin',
      label: t('settings.stepDown'),
      icon: ShieldOff,
      disabled: !person.admin,
      onSelect: () => ask('step-down'),
    },
  ];
}

function itemsFor(person: Person, change: PersonChange, ask: Ask): MenuEntry[] {
  const { admin, disabled } = person;
  return [
    {
      id: 'admin',
      label: t(admin ? 'settings.unmakeAdmin' : 'settings.makeAdmin'),
      icon: admin ? ShieldOff : ShieldCheck,
      onSelect: () => void change.set({ admin: !admin }),
    },
    {
      id: 'password',
      label: t('settings.setPassword'),
      icon: KeyRound,
      onSelect: () => ask('password'),
    },
    { kind: 'separator', id: 'line' },
    {
      id: 'disable',
      label: t(disabled ? 'settings.enable' : 'settings.disable'),
      icon: disabled ? UserCheck : UserX,
      danger: !disabled,
      onSelect: () => void change.set({ disabled: !disabled }),
    },
  ];
}
