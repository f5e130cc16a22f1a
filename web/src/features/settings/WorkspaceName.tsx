import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { unplaced, useSend } from '@/api/use-send.ts';
import { t } from '@/lib/i18n.ts';
import { cacheKeys } from '@/sync/project.tsx';
import { useAccount, useSignedIn } from '@/sync/session.tsx';
import { Banner } from '@/ui/Banner.tsx';
import { Button } from '@/ui/Button.tsx';
import { Field } from '@/ui/Field.tsx';
import { TextField } from '@/ui/TextField.tsx';
import { toast } from '@/ui/Toast.tsx';
import { renameWorkspace } from './calls.ts';
import css from './settings.module.css';

/** What the workspace is called. */
export function WorkspaceName() {
  const account = useAccount();
  const signedIn = useSignedIn();
  const queries = useQueryClient();
  const { busy, failure, send, clear } = useSend();
  const [name, setName] = useState(account.workspace);
  const refused = unplaced(failure, ['name', 'workspace']);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const saved = await send(async () => {
      const workspace = (await renameWorkspace(name)).name;
      setName(workspace);
      signedIn({ ...account, workspace });
    });
    if (!saved) return;
    toast({ title: t('settings.saved') });
    await queries.invalidateQueries({ queryKey: cacheKeys.workspace });
  };
  return (
    <form className={css.form} onSubmit={(event) => void submit(event)} onInput={clear} noValidate>
      {refused && <Banner tone="danger">{refused}</Banner>}
      <Field
        label={t('settings.workspaceName')}
        hint={t('settings.workspaceHint')}
        error={failure?.field('name') ?? failure?.field('workspace')}
      >
        <TextField value={name} onValueChange={setName} autoComplete="organization" />
      </Field>
      <footer className={css.foot}>
        <Button type="submit" tone="primary" busy={busy} disabled={name === account.workspace}>
          {t('ui.save')}
        </Button>
      </footer>
    </form>
  );
}
