import { formatMoment, formatRelative } from '@/lib/format.ts';
import { t } from '@/lib/i18n.ts';
import { useProject } from '@/sync/project.tsx';
import type { Idea } from '@/sync/types.ts';
import css from './IdeaPanel.module.css';

/** Who made the idea and who changed it last, and where it came from. */
export function Facts({ idea }: { idea: Idea }) {
  const { person } = useProject();
  // An imported idea may not say by whom.
  const said = (act: 'created' | 'updated', at: string, by: number | undefined) => {
    const when = formatRelative(at);
    if (by === undefined) return t(`idea.${act}At`, { when });
    return t(`idea.${act}By`, { name: person(by)?.name ?? t('field.unknownPerson'), when });
  };
  return (
    <p className={css.facts}>
      <span title={formatMoment(idea.createdAt)}>{said('created', idea.createdAt, idea.createdBy)}</span>
      {idea.updatedAt !== idea.createdAt && (
        <span title={formatMoment(idea.updatedAt)}>{said('updated', idea.updatedAt, idea.updatedBy)}</span>
      )}
      {idea.sourceId && <span>{importedAs(idea.sourceId)}</span>}
    </p>
  );
}

/** A source without ids is known again by its titles: that says nothing to a reader. */
function importedAs(id: string): string {
  return id.startsWith('title:') ? t('idea.imported') : t('idea.importedAs', { id });
}
