import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { unplaced, useSend } from '@/api/use-send.ts';
import { t } from '@/lib/i18n.ts';
import { Field } from '@/ui/Field.tsx';
import { FormDialog } from '@/ui/FormDialog.tsx';
import { TextField } from '@/ui/TextField.tsx';
import { createInvitation, type NewInvitation, type Person, settingsKeys, updatePerson } from './calls.ts';

/** Props of InvitePersonDialog. */
export interface InvitePersonDialogProps {
  /** Somebody known from an import. */
  person: Person;
  onMade: (invitation: NewInvitation) => void;
  onClose: () => void;
}

/** Invites somebody known from an import, so that their work and their account are one. */
export function InvitePersonDialog({ person, onMade, onClose }: InvitePersonDialogProps) {
  const queries = useQueryClient();
  const { busy, failure, send, clear } = useSend();
  const [email, setEmail] = useState(person.email ?? '');
  const taken = failure?.field('email') ?? (failure?.code === 'conflict' ? failure.message : undefined);
  const refused = taken ? undefined : unplaced(failure, ['email']);
  const submit = async () => {
    const invite = async () => {
      // The account goes to whoever has the address: the person gets it first.
      const { email: clean = email } =
        email === person.email ? person : await updatePerson(person.id, { email });
      onMade(await createInvitation({ email: clean }));
    };
    if (!(await send(invite))) return;
    onClose();
    await Promise.all([
      queries.invalidateQueries({ queryKey: settingsKeys.people }),
      queries.invalidateQueries({ queryKey: settingsKeys.invitations }),
    ]);
  };
  return (
    <FormDialog
      size="small"
      title={t('settings.inviteNamed', { name: person.name })}
      description={t('settings.inviteNamedText')}
      action={t('settings.createLink')}
      busy={busy}
      refused={refused}
      onSubmit={submit}
      onEdit={clear}
      onClose={onClose}
    >
      <Field label={t('auth.email')} error={taken}>
        <TextField
          type="email"
          value={email}
          onValueChange={setEmail}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
        />
      </Field>
    </FormDialog>
  );
}
