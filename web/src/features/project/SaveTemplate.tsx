import { type FormEvent, useState } from 'react';
import { ApiError } from '@/api/error.ts';
import { t } from '@/lib/i18n.ts';
import { useProject } from '@/sync/project.tsx';
import { Banner } from '@/ui/Banner.tsx';
import { Button } from '@/ui/Button.tsx';
import { Dialog } from '@/ui/Dialog.tsx';
import { Field } from '@/ui/Field.tsx';
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
  const [name, setName] = useState(project.name);
  const [description, setDescription] = useState('');
  const [failure, setFailure] = useState<ApiError>();
  const [busy, setBusy] = useState(false);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (name.trim() === '' || busy) return;
    setBusy(true);
    setFailure(undefined);
    try {
      const made = await saveTemplate(project.key, { name, description });
      onClose();
      toast({ title: t('project.template.saved', { name: made.label }) });
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
      title={t('project.template.saveTitle', { name: project.name })}
      description={t('project.template.saveNote')}
    >
      <form className={css.form} onSubmit={(event) => void submit(event)} noValidate>
        {failure && failure.fields.length === 0 && <Banner tone="danger">{failure.message}</Banner>}
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
        <footer className={css.foot}>
          <Button onClick={onClose}>{t('ui.cancel')}</Button>
          <Button type="submit" tone="primary" busy={busy}>
            {t('project.template.save')}
          </Button>
        </footer>
      </form>
    </Dialog>
  );
}
