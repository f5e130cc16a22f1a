import { X } from 'lucide-react';
import { countTests, describeTest } from '@/fields/describe.ts';
import { t } from '@/lib/i18n.ts';
import { useProject } from '@/sync/project.tsx';
import type { Filter } from '@/sync/types.ts';
import { IconButton } from '@/ui/Button.tsx';
import type { Draft } from './draft.ts';
import { withoutTop } from './filter-tree.ts';
import css from './view.module.css';

interface ChipProps {
  field: string;
  op?: string;
  value?: string;
  onRemove: () => void;
}

function Chip({ field, op, value, onRemove }: ChipProps) {
  const text = [field, op, value].filter(Boolean).join(' ');
  return (
    <span className={css.chip} role="listitem">
      <span className={css.chipText} title={text}>
        {field} {op && <em>{op}</em>} {value}
      </span>
      <IconButton label={t('filter.remove', { filter: text })} icon={X} size="tiny" onClick={onRemove} />
    </span>
  );
}

/** What narrows the view, each part with a way to take it off. */
export function FilterChips({ draft }: { draft: Draft }) {
  const { field, person } = useProject();
  const { definition, change } = draft;
  const { query } = definition;
  const { filter } = query;
  const set = (next: Filter) => change({ query: { ...query, filter: next } });
  const nested = (part: Filter) => ({ field: t('filter.several', { n: countTests(part) }) });
  const top = filter?.all ?? (filter && Object.keys(filter).length > 0 ? [filter] : []);
  return (
    <div className={css.chips} role="list" aria-label={t('filter.chips')}>
      {top.map((part, at) => (
        <Chip
          // biome-ignore lint/suspicious/noArrayIndexKey: chips show the filter as it is, in its order
          key={at}
          {...(part.field ? describeTest(part, { field, person }) : nested(part))}
          onRemove={() => set(filter?.all ? withoutTop(filter, at) : {})}
        />
      ))}
      {query.where && (
        <Chip
          field={t('filter.where')}
          value={query.where}
          onRemove={() => change({ query: { ...query, where: undefined } })}
        />
      )}
      {query.archived && (
        <Chip
          field={t(query.archived === 'only' ? 'view.archived.only' : 'view.archived.all')}
          onRemove={() => change({ query: { ...query, archived: '' } })}
        />
      )}
    </div>
  );
}
