import '@/lib/messages/later/project.ts';
import { useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { useLocation } from 'wouter';
import { send as call, client } from '@/api/client.ts';
import { useSend } from '@/api/use-send.ts';
import { t } from '@/lib/i18n.ts';
import { paths } from '@/lib/routes.ts';
import { cacheKeys, useWorkspace } from '@/sync/project.tsx';
import { Checkbox } from '@/ui/Checkbox.tsx';
import { Field } from '@/ui/Field.tsx';
import { FormDialog } from '@/ui/FormDialog.tsx';
import { TextField } from '@/ui/TextField.tsx';
import { AccessChoice, type AccessLevel, accessOf } from './AccessChoice.tsx';
import css from './project.module.css';
import { cleanKey, isKey, proposeKey } from './project-key.ts';
import { TemplateChoice, useTemplates } from './TemplateChoice.tsx';

/** Asks what a new project is called and what it starts with. */
export default function CreateProjectDialog({ onClose }: { onClose: () => void }) {
  const { workspace } = useWorkspace();
  const queries = useQueryClient();
  const [, go] = useLocation();
  const templates = useTemplates();
  const [name, setName] = useState('');
  const [ownKey, setOwnKey] = useState<string>();
  const [template, setTemplate] = useState('product-discovery');
  const [access, setAccess] = useState<AccessLevel>('open');
  const [ownAccess, setOwnAccess] = useState(false);
  const { busy, failure, send } = useSend();
  const [tried, setTried] = useState(false);
  const [samples, setSamples] = useState(true);
  const first = useRef<HTMLInputElement>(null);
  const taken = (workspace?.projects ?? []).map((project) => project.key);
  const key = ownKey ?? proposeKey(name, taken);
  const nameWrong = tried && name.trim() === '' ? t('project.nameNeeded') : failure?.field('name');
  const keyWrong = keyProblem(key, taken, tried) ?? failure?.field('key');

  const submit = async () => {
    setTried(true);
    if (name.trim() === '' || !isKey(key)) return;
    await send(async () => {
      const body = { name: name.trim(), key, template, access, samples };
      const made = await call(client.POST('/projects', { body }));
      await queries.invalidateQueries({ queryKey: cacheKeys.workspace });
      onClose();
      go(paths.project(made.key));
    });
  };
  return (
    <FormDialog
      title={t('shell.newProject')}
      description={t('shell.empty.text')}
      action={t('project.create')}
      busy={busy}
      refused={failure?.fields.length === 0 ? failure.message : undefined}
      initialFocus={first}
      onSubmit={submit}
      onClose={onClose}
    >
      <div className={css.nameAndKey}>
        <Field label={t('project.name')} error={nameWrong}>
          <TextField ref={first} value={name} onValueChange={setName} autoComplete="off" />
        </Field>
        <Field label={t('project.key')} error={keyWrong} hint={t('project.keyHint', { key: key || 'INS' })}>
          <TextField
            value={key}
            onValueChange={(text) => setOwnKey(cleanKey(text))}
            autoComplete="off"
            spellCheck={false}
          />
        </Field>
      </div>
      <TemplateChoice
        value={template}
        onValueChange={(next) => {
          setTemplate(next.name);
          if (!ownAccess) setAccess(accessOf(next.access ?? 'open'));
        }}
      />
      {(templates.data ?? []).some((each) => each.name === template && each.samples > 0) && (
        <Checkbox label={t('project.samples')} checked={samples} onCheckedChange={setSamples} />
      )}
      <AccessChoice
        value={access}
        onValueChange={(next) => {
          setOwnAccess(true);
          setAccess(next);
        }}
      />
    </FormDialog>
  );
}

/** What is wrong with a key, once it is worth saying. */
function keyProblem(key: string, taken: readonly string[], tried: boolean): string | undefined {
  if (taken.includes(key)) return t('project.keyTaken', { key });
  return (tried || key.length > 1) && !isKey(key) ? t('project.keyWrong') : undefined;
}
