import { t } from '@/lib/i18n.ts';
import { useProject } from '@/sync/project.tsx';
import type { SortKey } from '@/sync/types.ts';
import { Segments } from '@/ui/Segments.tsx';
import box from '@/views/shared/query/query.module.css';
import { SortKeys, withKey } from '@/views/shared/query/SortKeys.tsx';
import css from './view.module.css';

/** Props of SortPanel. */
export interface SortPanelProps {
  sort: readonly SortKey[];
  /** Which order by hand stands behind the keys: "" is the project's. */
  rank: string;
  /** The name of the view's own order. */
  own: string;
  onOrderChange: (order: { sort: SortKey[]; rank?: string }) => void;
}

type By = 'fields' | 'project' | 'own';

/** Chooses what orders ideas: fields, the strongest key first, or by hand the project's order or the view's own. */
export function SortPanel({ sort, rank, own, onOrderChange }: SortPanelProps) {
  const fields = useProject();
  const by: By = sort.length > 0 ? 'fields' : rank ? 'own' : 'project';
  const choose = (next: By) => {
    if (next === 'own') onOrderChange({ sort: [], rank: own });
    else if (next === 'project') onOrderChange({ sort: [], rank: '' });
    else if (sort.length === 0) onOrderChange({ sort: withKey(sort, fields) });
  };
  return (
    <div className={`${box.panel} ${box.narrow}`}>
      <Segments
        label={t('view.sort.by')}
        options={(['fields', 'project', 'own'] as const).map((value) => ({
          value,
          label: t(`view.sort.by.${value}`),
        }))}
        value={by}
        onValueChange={choose}
      />
      {by !== 'fields' && <p className={css.hint}>{t(`view.sort.hint.${by}`)}</p>}
      {by === 'fields' && (
        <SortKeys fields={fields} sort={sort} onSortChange={(next) => onOrderChange({ sort: next })} />
      )}
    </div>
  );
}
