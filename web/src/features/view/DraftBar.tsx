import { useState } from 'react';
import { t } from '@/lib/i18n.ts';
import { hasRole } from '@/sync/facts.ts';
import { useProject } from '@/sync/project.tsx';
import type { View } from '@/sync/types.ts';
import { Button } from '@/ui/Button.tsx';
import type { Draft } from './draft.ts';
import { FilterChips } from './FilterChips.tsx';
import { useCreateView } from './use-create-view.ts';
import { useSaveView } from './use-save-view.ts';
import { ViewDialog } from './ViewDialog.tsx';
import css from './view.module.css';

/** Props of DraftBar. */
export interface DraftBarProps {
  view: View;
  draft: Draft;
  /** Opens the filter's builder. */
  onEditFilter: () => void;
}

/** What narrows the view, as chips; and, quietly, that it differs from what is saved. */
export function DraftBar({ view, draft, onEditFilter }: DraftBarProps) {
  const { query } = draft.definition;
  if (!draft.changed && !query.filter && !query.where && !query.archived) return null;
  return (
    <div className={css.bar}>
      <FilterChips draft={draft} onEdit={onEditFilter} />
      {draft.changed && <Unsaved view={view} draft={draft} />}
    </div>
  );
}

function Unsaved({ view, draft }: { view: View; draft: Draft }) {
  const { project } = useProject();
  const save = useSaveView(view, draft);
  const create = useCreateView();
  const [naming, setNaming] = useState(false);
  const [busy, setBusy] = useState(false);
  const mayWrite = hasRole(project.role, 'editor');
  return (
    <div className={css.draft}>
      <span className={css.draftNote} role="status">
        {t(mayWrite ? 'view.changed' : 'view.changedOnlyYou')}
      </span>
      <Button tone="ghost" onClick={draft.discard}>
        {t('view.discard')}
      </Button>
      {mayWrite && (
        <>
          <Button tone="ghost" onClick={() => setNaming(true)}>
            {t('view.saveAsNew')}
          </Button>
          <Button
            tone="primary"
            busy={busy}
            onClick={() => {
              setBusy(true);
              void save().finally(() => setBusy(false));
            }}
          >
            {t('ui.save')}
          </Button>
        </>
      )}
      {naming && (
        <ViewDialog
          title={t('view.saveAsNew')}
          action={t('view.create')}
          first={{ ...view, name: t('view.copyOf', { name: view.name }) }}
          onSubmit={(facts) => create({ ...draft.savable, ...facts }, draft.settle)}
          onClose={() => setNaming(false)}
        />
      )}
    </div>
  );
}
