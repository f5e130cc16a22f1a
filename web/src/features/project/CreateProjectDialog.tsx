import '@/lib/messages/later/project.ts';
import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useRef, useState } from 'react';
import { useLocation } from 'wouter';
import { client, send } from '@/api/client.ts';
import { ApiError } from '@/api/error.ts';
import { t } from '@/lib/i18n.ts';
import { paths } from '@/lib/routes.ts';
import { cacheKeys, useWorkspace } from '@/sync/project.tsx';
import { Banner } from '@/ui/Banner.tsx';
import { Button } from '@/ui/Button.tsx';
import { Checkbox } from '@/ui/Checkbox.tsx';
import { Dialog } from '@/ui/Dialog.tsx';
import { Field } from '@/ui/Field.tsx';
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
  const [failure, setFailure] = useState<ApiError>();
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const [samples, setSamples] = useState(true);
  const first = useRef<HTMLInputElement>(null);
  const taken = (workspace?.projects ?? []).map((project) => project.key);
  const key = ownKey ?? proposeKey(name, taken);
  const nameWrong = tried && name.trim() === '' ? t('project.nameNeeded') : failure?.field('name');
  const keyWrong = keyProblem(key, taken, tried) ?? failure?.field('key');

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (name.trim() === '' || !isKey(key) || busy) return;
    setBusy(true);
    setFailure(undefined);
    try {
      const body = { name: name.trim(), key, template, access, samples };
      const made = await send(client.POST('/projects', { body }));
      await queries.invalidateQueries({ queryKey: cacheKeys.workspace });
      onClose();
      go(paths.project(made.key));
    } catch (error) {
      setFailure(error instanceof ApiError ? error : new ApiError('internal', String(error)));
      setBusy(false);
    }
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      title={t('shell.newProject')}
      description={t('shell.empty.text')}
      initialFocus={first}
    >
      <form className={css.form} onSubmit={(event) => void submit(event)} noValidate>
        {failure && failure.fields.length === 0 && <Banner tone="danger">{failure.message}</Banner>}
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
        <footer className={css.foot}>
          <Button onClick={onClose}>{t('ui.cancel')}</Button>
          <Button type="submit" tone="primary" busy={busy}>
            {t('project.create')}
          </Button>
        </footer>
      </form>
    </Dialog>
  );
}

/** What is wrong with a key, once it is worth saying. */
function keyProblem(key: string, taken: readonly string[], tried: boolean): string | undefined {
  if (taken.includes(key)) return t('project.keyTaken', { key });
  return (tried || key.length > 1) && !isKey(key) ? t('project.keyWrong') : undefined;
}
