import { useState } from 'react';
import { useLocation } from 'wouter';
import { t } from '@/lib/i18n.ts';
import { paths } from '@/lib/routes.ts';
import { hasRole } from '@/sync/facts.ts';
import { useProject } from '@/sync/project.tsx';
import type { View } from '@/sync/types.ts';
import { useViewWriter } from '@/sync/use-views.ts';
import { Button } from '@/ui/Button.tsx';
import { Dialog } from '@/ui/Dialog.tsx';
import { Field } from '@/ui/Field.tsx';
import { TextField } from '@/ui/TextField.tsx';
import { toast } from '@/ui/Toast.tsx';
import type { Draft } from './draft.ts';
import { FilterChips } from './FilterChips.tsx';
import css from './view.module.css';

/** What narrows the view, as chips; and, quietly, that it differs from what is saved. */
export function DraftBar({ view, draft }: { view: View; draft: Draft }) {
  const { project } = useProject();
  const writer = useViewWriter();
  const [naming, setNaming] = useState(false);
  const mayWrite = hasRole(project.role, 'editor');
  const { query } = draft.definition;
  if (!draft.changed && !query.filter && !query.where && !query.archived) return null;

  const save = async () => {
    try {
      await writer.update(view.id, draft.definition, view.version);
      draft.discard();
      toast({ title: t('view.saved', { name: view.name }) });
    } catch (error) {
      toast({ title: error instanceof Error ? error.message : String(error), tone: 'error' });
    }
  };
  return (
    <div className={css.bar}>
      <FilterChips draft={draft} />
      {draft.changed && (
        <div className={css.draft} role="status">
          <span className={css.draftNote}>{t('view.changed')}</span>
          <Button tone="ghost" onClick={draft.discard}>
            {t('view.discard')}
          </Button>
          {mayWrite && (
            <>
              <Button tone="ghost" onClick={() => setNaming(true)}>
                {t('view.saveAsNew')}
              </Button>
              <Button tone="primary" onClick={() => void save()}>
                {t('ui.save')}
              </Button>
            </>
          )}
        </div>
      )}
      {naming && (
        <NewViewDialog
          draft={draft}
          name={t('view.copyOf', { name: view.name })}
          onClose={() => setNaming(false)}
        />
      )}
    </div>
  );
}

/** Asks for the name of a new view and saves it. */
export function NewViewDialog({
  draft,
  name: first,
  onClose,
}: {
  draft: Draft;
  name: string;
  onClose: () => void;
}) {
  const { project } = useProject();
  const writer = useViewWriter();
  const [, go] = useLocation();
  const [name, setName] = useState(first);
  const [problem, setProblem] = useState<string>();
  const create = async () => {
    try {
      const view = await writer.create({ ...draft.definition, name: name.trim(), position: 0 });
      draft.discard();
      onClose();
      go(paths.view(project.key, view.id));
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error));
    }
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      size="small"
      title={t('view.saveAsNew')}
      footer={
        <>
          <Button onClick={onClose}>{t('ui.cancel')}</Button>
          <Button tone="primary" onClick={() => void create()}>
            {t('view.create')}
          </Button>
        </>
      }
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void create();
        }}
      >
        <Field label={t('view.name')} error={problem}>
          <TextField value={name} maxLength={120} onValueChange={setName} />
        </Field>
      </form>
    </Dialog>
  );
}
