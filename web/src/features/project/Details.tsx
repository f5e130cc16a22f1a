import { type FormEvent, useState } from 'react';
import { useLocation } from 'wouter';
import { t } from '@/lib/i18n.ts';
import { paths } from '@/lib/routes.ts';
import { hasRole } from '@/sync/facts.ts';
import { useProject } from '@/sync/project.tsx';
import { Banner } from '@/ui/Banner.tsx';
import { Button } from '@/ui/Button.tsx';
import { Field } from '@/ui/Field.tsx';
import { Select } from '@/ui/Select.tsx';
import { TextArea } from '@/ui/TextArea.tsx';
import { TextField } from '@/ui/TextField.tsx';
import { toast } from '@/ui/Toast.tsx';
import { AccessChoice, accessOf } from './AccessChoice.tsx';
import { updateProject } from './calls.ts';
import { EndProject } from './EndProject.tsx';
import { IncomingMail } from './IncomingMail.tsx';
import css from './project.module.css';
import { cleanKey, isKey } from './project-key.ts';
import { SaveTemplate } from './SaveTemplate.tsx';
import { useSave } from './use-save.ts';

/** What a project is called, who may see it, and its end. */
export function Details() {
  const { project, views } = useProject();
  const [, go] = useLocation();
  const { busy, failure, save } = useSave();
  const [name, setName] = useState(project.name);
  const [key, setKey] = useState(project.key);
  const [icon, setIcon] = useState(project.icon ?? '');
  const [description, setDescription] = useState(project.description ?? '');
  const [access, setAccess] = useState(accessOf(project.access));
  const [first, setFirst] = useState(String(project.defaultView ?? views[0]?.id ?? ''));
  const locked = !hasRole(project.role, 'admin');
  const changed =
    name !== project.name ||
    key !== project.key ||
    icon !== (project.icon ?? '') ||
    description !== (project.description ?? '') ||
    access !== accessOf(project.access) ||
    first !== String(project.defaultView ?? views[0]?.id ?? '');

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (!isKey(key) || name.trim() === '' || busy) return;
    const patch = {
      name: name.trim(),
      key,
      icon,
      description,
      access,
      version: project.version,
      ...(first === '' ? {} : { defaultView: Number(first) }),
    };
    if (!(await save(() => updateProject(project.key, patch)))) return;
    toast({ title: t('project.saved') });
    if (key !== project.key) go(paths.projectSettings(key, 'details'), { replace: true });
  };
  return (
    <div className={css.section}>
      <form className={css.form} onSubmit={(event) => void submit(event)} noValidate>
        <fieldset className={css.form} disabled={locked}>
          {failure && failure.fields.length === 0 && <Banner tone="danger">{failure.message}</Banner>}
          <div className={css.nameAndKey}>
            <Field
              label={t('project.name')}
              error={name.trim() === '' ? t('project.nameNeeded') : failure?.field('name')}
            >
              <TextField value={name} onValueChange={setName} />
            </Field>
            <Field
              label={t('project.key')}
              error={isKey(key) ? failure?.field('key') : t('project.keyWrong')}
              hint={key === project.key ? undefined : t('project.keyChange', { old: project.key, key })}
            >
              <TextField value={key} onValueChange={(text) => setKey(cleanKey(text))} spellCheck={false} />
            </Field>
          </div>
          <Field label={t('project.icon')} hint={t('project.iconHint')} optional>
            <TextField value={icon} onValueChange={setIcon} maxLength={16} />
          </Field>
          <Field label={t('idea.description')} error={failure?.field('description')} optional>
            <TextArea value={description} onValueChange={setDescription} />
          </Field>
          <Field label={t('project.firstView')}>
            <Select
              options={views.map((view) => ({ value: String(view.id), label: view.name }))}
              value={first}
              onValueChange={setFirst}
              disabled={locked}
            />
          </Field>
          <AccessChoice value={access} onValueChange={setAccess} disabled={locked} />
          {!locked && (
            <footer className={css.foot}>
              <Button type="submit" tone="primary" busy={busy} disabled={!changed}>
                {t('ui.save')}
              </Button>
            </footer>
          )}
        </fieldset>
      </form>
      <IncomingMail />
      {!locked && <SaveTemplate />}
      {!locked && <EndProject />}
    </div>
  );
}
