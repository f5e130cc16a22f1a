import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useLocation } from 'wouter';
import { errorText } from '@/lib/error-text.ts';
import { t } from '@/lib/i18n.ts';
import { paths } from '@/lib/routes.ts';
import { cacheKeys, useProject } from '@/sync/project.tsx';
import { Banner } from '@/ui/Banner.tsx';
import { Button } from '@/ui/Button.tsx';
import { ConfirmDialog } from '@/ui/ConfirmDialog.tsx';
import { Field } from '@/ui/Field.tsx';
import { TextField } from '@/ui/TextField.tsx';
import { toast } from '@/ui/Toast.tsx';
import { deleteProject, updateProject } from './calls.ts';
import css from './project.module.css';
import { useSave } from './use-save.ts';

/** Archiving a project, and deleting it for good. */
export function EndProject() {
  const { project } = useProject();
  const { busy, failure, save } = useSave();
  const [asking, setAsking] = useState(false);
  const archived = project.archived === true;
  const archive = async () => {
    const done = await save(() => updateProject(project.key, { archived: !archived }));
    if (done)
      toast({ title: t(archived ? 'project.unarchived' : 'project.archived', { name: project.name }) });
  };
  return (
    <section className={css.danger} aria-label={t('project.end')}>
      {failure && <Banner tone="danger">{failure.message}</Banner>}
      <div className={css.dangerRow}>
        <p className={css.text}>{t(archived ? 'project.unarchiveText' : 'project.archiveText')}</p>
        <Button busy={busy} onClick={() => void archive()}>
          {t(archived ? 'project.unarchive' : 'project.archive')}
        </Button>
      </div>
      <div className={css.dangerRow}>
        <p className={css.text}>{t('project.deleteText')}</p>
        <Button tone="danger" onClick={() => setAsking(true)}>
          {t('project.delete')}
        </Button>
      </div>
      {asking && <DeleteDialog onClose={() => setAsking(false)} />}
    </section>
  );
}

/** Asks for the project's key before everything in it is gone. */
function DeleteDialog({ onClose }: { onClose: () => void }) {
  const { project } = useProject();
  const queries = useQueryClient();
  const [, go] = useLocation();
  const [typed, setTyped] = useState('');
  const [wrong, setWrong] = useState<string>();
  const [busy, setBusy] = useState(false);
  const remove = async () => {
    if (typed.trim().toUpperCase() !== project.key) {
      setWrong(t('project.deleteType', { key: project.key }));
      return;
    }
    setBusy(true);
    try {
      await deleteProject(project.key);
      go(paths.home());
      await queries.invalidateQueries({ queryKey: cacheKeys.workspace });
      toast({ title: t('project.deleted', { name: project.name }) });
    } catch (error) {
      setWrong(errorText(error));
      setBusy(false);
    }
  };
  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      title={t('project.deleteTitle', { name: project.name })}
      confirm={t('project.delete')}
      busy={busy}
      onConfirm={() => void remove()}
    >
      <div className={css.form}>
        <p>{t('project.deleteWarning', { n: Math.max(0, project.ideas) })}</p>
        <Field label={t('project.deleteType', { key: project.key })} error={wrong}>
          <TextField value={typed} onValueChange={setTyped} autoComplete="off" />
        </Field>
      </div>
    </ConfirmDialog>
  );
}
