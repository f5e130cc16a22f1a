import { formatMoment, formatRelative } from '@/lib/format.ts';
import { t } from '@/lib/i18n.ts';
import { useProject } from '@/sync/project.tsx';
import type { Idea } from '@/sync/types.ts';
import css from './IdeaPanel.module.css';

/** Who made the idea and who changed it last, and where it came from. */
export function Facts({ idea }: { idea: Idea }) {
  const { person } = useProject();
  const name = (id: number | undefined) =>
    id === undefined ? t('idea.somebody') : (person(id)?.name ?? t('field.unknownPerson'));
  return (
    <p className={css.facts}>
      <span title={formatMoment(idea.createdAt)}>
        {t('idea.createdBy', { name: name(idea.createdBy), when: formatRelative(idea.createdAt) })}
      </span>
      {idea.updatedAt !== idea.createdAt && (
        <span title={formatMoment(idea.updatedAt)}>
          {t('idea.updatedBy', { name: name(idea.updatedBy), when: formatRelative(idea.updatedAt) })}
        </span>
      )}
      {idea.sourceId && <span>{t('idea.importedAs', { id: idea.sourceId })}</span>}
    </p>
  );
}
