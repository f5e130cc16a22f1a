import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { unplaced, useSend } from '@/api/use-send.ts';
import { t } from '@/lib/i18n.ts';
import { hasRole } from '@/sync/facts.ts';
import { useWorkspace } from '@/sync/project.tsx';
import { Field } from '@/ui/Field.tsx';
import { FormDialog } from '@/ui/FormDialog.tsx';
import { Select } from '@/ui/Select.tsx';
import { TextField } from '@/ui/TextField.tsx';
import { createInvitation, type InvitationInput, type NewInvitation, settingsKeys } from './calls.ts';

const roles = ['viewer', 'contributor', 'editor', 'admin'] as const;

/** Props of NewInvitationDialog. */
export interface NewInvitationDialogProps {
  onMade: (invitation: NewInvitation) => void;
  onClose: () => void;
}

/** Makes an invitation: for whom, as what, and which project it opens. */
export function NewInvitationDialog({ onMade, onClose }: NewInvitationDialogProps) {
  const queries = useQueryClient();
  const { workspace } = useWorkspace();
  const { busy, failure, send, clear } = useSend();
  const [email, setEmail] = useState('');
  const [standing, setStanding] = useState<'member' | 'admin'>('member');
  const [project, setProject] = useState('');
  const [role, setRole] = useState<(typeof roles)[number]>('editor');
  const projects = (workspace?.projects ?? []).filter(
    (each) => !each.archived && hasRole(each.role, 'admin'),
  );
  const submit = async () => {
    const input: InvitationInput = {
      ...(email.trim() === '' ? {} : { email }),
      ...(standing === 'admin' ? { admin: true } : {}),
      ...(project === '' ? {} : { project, role }),
    };
    if (!(await send(async () => onMade(await createInvitation(input))))) return;
    onClose();
    await queries.invalidateQueries({ queryKey: settingsKeys.invitations });
  };
  // A conflict is always about the address: it has an account already.
  const taken = failure?.code === 'conflict' ? failure.message : undefined;
  return (
    <FormDialog
      title={t('settings.newInvitation')}
      action={t('settings.createLink')}
      busy={busy}
      refused={taken ? undefined : unplaced(failure, ['email', 'project', 'role'])}
      onSubmit={submit}
      onEdit={clear}
      onClose={onClose}
    >
      <Field
        label={t('auth.email')}
        hint={t('settings.inviteEmailHint')}
        error={failure?.field('email') ?? taken}
        optional
      >
        <TextField
          type="email"
          value={email}
          onValueChange={setEmail}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
        />
      </Field>
      <Field label={t('settings.standing')} hint={t(`settings.standing.${standing}Text`)}>
        <Select
          options={[
            { value: 'member', label: t('settings.standing.member') },
            { value: 'admin', label: t('settings.admin') },
          ]}
          value={standing}
          onValueChange={setStanding}
        />
      </Field>
      <Field
        label={t('shell.project')}
        hint={t('settings.inviteProjectHint')}
        error={failure?.field('project') ?? failure?.field('role')}
        optional
      >
        <Select
          options={[
            { value: '', label: t('settings.noProject') },
            ...projects.map((each) => ({ value: each.key, label: each.name })),
          ]}
          value={project}
          onValueChange={setProject}
        />
      </Field>
      {project !== '' && (
        <Field label={t('settings.projectRole')}>
          <Select
            options={roles.map((value) => ({ value, label: t(`project.role.${value}`) }))}
            value={role}
            onValueChange={setRole}
          />
        </Field>
      )}
    </FormDialog>
  );
}
