import { X } from 'lucide-react';
import { useMemo } from 'react';
import { ideasOfFilter } from '@/fields/describe.ts';
import { useMentions } from '@/fields/use-mentions.ts';
import { t } from '@/lib/i18n.ts';
import { useProject } from '@/sync/project.tsx';
import type { Filter } from '@/sync/types.ts';
import { IconButton } from '@/ui/Button.tsx';
import { withoutTop } from '@/views/shared/query/filter-tree.ts';
import type { Draft } from './draft.ts';
import css from './view.module.css';
import { type PartWords, partWords, whereReading } from './words.ts';

interface ChipProps extends PartWords {
  /** Shows where it can be changed; absent where it is only taken off. */
  onEdit?: () => void;
  onRemove: () => void;
}

function Chip({ field, op, value, onEdit, onRemove }: ChipProps) {
  const text = [field, op, value].filter(Boolean).join(' ');
  const words = (
    <>
      {field} {op && <em>{op}</em>} {value}
    </>
  );
  return (
    <li className={css.chip}>
      {onEdit ? (
        <button type="button" className={css.chipText} title={text} onClick={onEdit}>
          {words}
        </button>
      ) : (
        <span className={css.chipText} title={text}>
          {words}
        </span>
      )}
      <IconButton label={t('filter.remove', { filter: text })} icon={X} size="tiny" onClick={onRemove} />
    </li>
  );
}

/** What narrows the view, each part with a way to take it off; a click on it opens the builder. */
export function FilterChips({ draft, onEdit }: { draft: Draft; onEdit: () => void }) {
  const project = useProject();
  const { definition, change } = draft;
  const { query } = definition;
  const { filter } = query;
  const pointedAt = useMemo(() => ideasOfFilter(filter, project), [filter, project]);
  const names = { ...project, ideas: useMentions(pointedAt) };
  const set = (next: Filter) => change({ query: { ...query, filter: next } });
  const top = filter?.all ?? (filter && Object.keys(filter).length > 0 ? [filter] : []);
  return (
    <ul className={css.chips} aria-label={t('filter.chips')}>
      {top.map((part, at) => (
        <Chip
          // biome-ignore lint/suspicious/noArrayIndexKey: chips show the filter as it is, in its order
          key={at}
          {...partWords(part, names)}
          onEdit={onEdit}
          onRemove={() => set(filter?.all ? withoutTop(filter, at) : {})}
        />
      ))}
      {query.where && (
        <Chip
          field={whereReading(query.where, names)}
          onEdit={onEdit}
          onRemove={() => change({ query: { ...query, where: undefined } })}
        />
      )}
      {query.archived && (
        <Chip
          field={t(query.archived === 'only' ? 'view.archived.only' : 'view.archived.all')}
          onRemove={() => change({ query: { ...query, archived: '' } })}
        />
      )}
    </ul>
  );
}
