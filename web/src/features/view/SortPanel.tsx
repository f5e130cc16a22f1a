import { ArrowDown, ArrowUp, ChevronUp, Plus, X } from 'lucide-react';
import { typeOf } from '@/fields/registry.ts';
import { t } from '@/lib/i18n.ts';
import { useProject } from '@/sync/project.tsx';
import type { SortKey } from '@/sync/types.ts';
import { Button, IconButton } from '@/ui/Button.tsx';
import { Combobox } from '@/ui/Combobox.tsx';
import { Segments } from '@/ui/Segments.tsx';
import { movedUp } from './order.ts';
import css from './view.module.css';

const most = 10;

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
  const { allFields, field } = useProject();
  const free = allFields.filter((each) => !sort.some((key) => key.field === each.ref));
  const onSortChange = (next: SortKey[]) => onOrderChange({ sort: next });
  const by: By = sort.length > 0 ? 'fields' : rank ? 'own' : 'project';
  const add = () => {
    const next = free.find((each) => each.type === 'formula') ?? free[0];
    if (next)
      onSortChange([...sort, { field: next.ref, ...(next.type === 'formula' ? { desc: true } : {}) }]);
  };
  const choose = (next: By) => {
    if (next === 'own') onOrderChange({ sort: [], rank: own });
    else if (next === 'project') onOrderChange({ sort: [], rank: '' });
    else if (sort.length === 0) add();
  };
  const set = (at: number, next: SortKey) =>
    onSortChange(sort.map((key, index) => (index === at ? next : key)));
  return (
    <div className={`${css.panel} ${css.narrow}`}>
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
      {sort.map((key, at) => {
        const name = field(key.field)?.name ?? key.field;
        return (
          <div key={key.field} className={css.line}>
            <Combobox
              className={css.grow}
              label={t('view.sort.field')}
              options={allFields
                .filter((each) => each.ref === key.field || free.includes(each))
                .map((each) => ({ value: each.ref, label: each.name, icon: typeOf(each).icon }))}
              value={key.field}
              onValueChange={(ref) => ref !== null && set(at, { ...key, field: ref })}
            />
            <IconButton
              label={t(key.desc ? 'view.sort.desc' : 'view.sort.asc', { field: name })}
              icon={key.desc ? ArrowDown : ArrowUp}
              onClick={() => set(at, key.desc ? { field: key.field } : { field: key.field, desc: true })}
            />
            <IconButton
              label={t('view.sort.stronger', { field: name })}
              icon={ChevronUp}
              size="tiny"
              disabled={at === 0}
              onClick={() => onSortChange(movedUp(sort, at))}
            />
            <IconButton
              label={t('ui.removeItem', { name })}
              icon={X}
              size="tiny"
              onClick={() => onSortChange(sort.filter((_, index) => index !== at))}
            />
          </div>
        );
      })}
      {by === 'fields' && sort.length < most && (
        <Button className={css.start} tone="ghost" icon={Plus} onClick={add}>
          {t('view.sort.add')}
        </Button>
      )}
    </div>
  );
}
