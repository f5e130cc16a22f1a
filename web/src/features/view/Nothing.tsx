import { FilterX, Lightbulb } from 'lucide-react';
import { useLocation } from 'wouter';
import { t } from '@/lib/i18n.ts';
import { paths } from '@/lib/routes.ts';
import { hasRole } from '@/sync/facts.ts';
import { useProject } from '@/sync/project.tsx';
import { Button } from '@/ui/Button.tsx';
import { EmptyState } from '@/ui/EmptyState.tsx';
import type { Draft } from './draft.ts';
import css from './view.module.css';

/** Stands where a view has nothing to show: says why, and offers what changes that. */
export function Nothing({ draft, onCapture }: { draft: Draft; onCapture?: () => void }) {
  const { project } = useProject();
  const [, go] = useLocation();
  const { query } = draft.definition;
  const narrowed = Boolean(query.filter || query.search || query.where || query.archived === 'only');
  if (narrowed) {
    const clear = () =>
      draft.change({ query: { ...query, filter: {}, search: '', where: undefined, archived: '' } });
    return (
      <div className={css.nothing}>
        <EmptyState
          icon={FilterX}
          title={t('view.noMatch')}
          actions={<Button onClick={clear}>{t('view.clearFilter')}</Button>}
        >
          {t('view.noMatchText')}
        </EmptyState>
      </div>
    );
  }
  const actions = (
    <>
      {onCapture && hasRole(project.role, 'contributor') && (
        <Button tone="primary" onClick={onCapture}>
          {t('view.capture')}
        </Button>
      )}
      {hasRole(project.role, 'admin') && (
        <Button onClick={() => go(paths.projectImport(project.key))}>{t('view.import')}</Button>
      )}
    </>
  );
  return (
    <div className={css.nothing}>
      <EmptyState icon={Lightbulb} title={t('view.empty')} actions={actions}>
        {t('view.emptyText')}
      </EmptyState>
    </div>
  );
}
