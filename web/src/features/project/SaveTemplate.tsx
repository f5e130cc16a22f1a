import { useState } from 'react';
import { unplaced, useSend } from '@/api/use-send.ts';
import { t } from '@/lib/i18n.ts';
import { useProject } from '@/sync/project.tsx';
import { Button } from '@/ui/Button.tsx';
import { Field } from '@/ui/Field.tsx';
import { FormDialog } from '@/ui/FormDialog.tsx';
import { TextArea } from '@/ui/TextArea.tsx';
import { TextField } from '@/ui/TextField.tsx';
import { toast } from '@/ui/Toast.tsx';
import { saveTemplate } from './calls.ts';
import css from './project.module.css';

/** Saving the project's form for new projects. */
export function SaveTemplate() {
  const [open, setOpen] = useState(false);
  return (
    <section className={css.danger} aria-label={t('project.template.save')}>
      <div className={css.dangerRow}>
        <p className={css.text}>{t('project.template.saveText')}</p>
        <Button onClick={() => setOpen(true)}>{t('project.template.save')}</Button>
      </div>
      {open && <SaveTemplateDialog onClose={() => setOpen(false)} />}
    </section>
  );
}

/** Asks what the template is called and good for. */
function SaveTemplateDialog({ onClose }: { onClose: () => void }) {
  const { project } = useProject();
  const { busy, failure, send } = useSend();
  const [name, setName] = useState(project.name);
  const [description, setDescription] = useState('');
  const submit = async () => {
    if (name.trim() === '') return;
    const save = async () => {
      const made = await saveTemplate(project.key, { name, description });
      toast({ title: t('project.template.saved', { name: made.label }) });
    };
    if (await send(save)) onClose();
  };
  return (
    <FormDialog
      title={t('project.template.saveTitle', { name: project.name })}
      description={t('project.template.saveNote')}
      action={t('project.template.save')}
      busy={busy}
      refused={unplaced(failure, ['name', 'description'])}
      onSubmit={submit}
      onClose={onClose}
    >
      <Field
        label={t('project.name')}
        hint={t('project.template.nameHint')}
        error={name.trim() === '' ? t('project.template.nameNeeded') : failure?.field('name')}
      >
        <TextField value={name} onValueChange={setName} autoComplete="off" />
      </Field>
      <Field label={t('project.template.description')} error={failure?.field('description')} optional>
        <TextArea value={description} onValueChange={setDescription} />
      </Field>
    </FormDialog>
  );
}
