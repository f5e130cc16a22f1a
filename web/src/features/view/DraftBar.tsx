import { Suspense, useState } from 'react';
import { t } from '@/lib/i18n.ts';
import { hasRole } from '@/sync/facts.ts';
import { useProject } from '@/sync/project.tsx';
import type { View } from '@/sync/types.ts';
import { Button } from '@/ui/Button.tsx';
import type { Draft } from './draft.ts';
import { FilterChips } from './FilterChips.tsx';
import { ViewDialog } from './later.ts';
import { useCreateView } from './use-create-view.ts';
import type { Saving } from './use-save-view.ts';
import css from './view.module.css';

/** Props of DraftBar. */
export interface DraftBarProps {
  view: View;
  draft: Draft;
  saving: Saving;
  /** Opens the filter's builder. */
  onEditFilter: () => void;
}

/** What narrows the view, as chips; and, quietly, that it differs from what is saved. */
export function DraftBar({ view, draft, saving, onEditFilter }: DraftBarProps) {
  const { query } = draft.definition;
  const unsaved = draft.changed && (!saving.automatic || saving.conflict !== undefined);
  if (!unsaved && !query.filter && !query.where && !query.archived) return null;
  return (
    <div className={css.bar}>
      <FilterChips draft={draft} onEdit={onEditFilter} />
      {unsaved && <Unsaved view={view} draft={draft} saving={saving} />}
    </div>
  );
}

function Unsaved({ view, draft, saving }: Omit<DraftBarProps, 'onEditFilter'>) {
  const { project } = useProject();
  const create = useCreateView();
  const [naming, setNaming] = useState(false);
  const [busy, setBusy] = useState(false);
  const { mayWrite, conflict } = saving;
  const save = () => {
    setBusy(true);
    void (conflict === undefined ? saving.save() : saving.saveOver()).finally(() => setBusy(false));
  };
  const note = view.locked && !mayWrite ? 'view.changedLocked' : 'view.changedOnlyYou';
  return (
    <div className={css.draft}>
      <span className={css.draftNote} role="status" data-conflict={conflict === undefined ? undefined : ''}>
        {conflict ?? t(mayWrite ? 'view.changed' : note)}
      </span>
      <Button tone="ghost" onClick={draft.discard}>
        {t('view.discard')}
      </Button>
      {hasRole(project.role, 'editor') && (
        <Button tone="ghost" onClick={() => ViewDialog.whenThere(() => setNaming(true))}>
          {t('view.saveAsNew')}
        </Button>
      )}
      {mayWrite && (
        <Button tone="primary" busy={busy} onClick={save}>
          {t(conflict === undefined ? 'ui.save' : 'view.saveOver')}
        </Button>
      )}
      {naming && (
        <Suspense>
          <ViewDialog
            title={t('view.saveAsNew')}
            action={t('view.create')}
            first={{ ...view, name: t('view.copyOf', { name: view.name }) }}
            onSubmit={(facts) => create({ ...draft.savable, ...facts }, draft.settle)}
            onClose={() => setNaming(false)}
          />
        </Suspense>
      )}
    </div>
  );
}
