import { ArrowDown, ArrowUp, ChevronUp, GripVertical, Plus, X } from 'lucide-react';
import { typeOf } from '@/fields/registry.ts';
import { t } from '@/lib/i18n.ts';
import { useProject } from '@/sync/project.tsx';
import type { SortKey } from '@/sync/types.ts';
import { Button, IconButton } from '@/ui/Button.tsx';
import { Combobox } from '@/ui/Combobox.tsx';
import { movedUp } from './order.ts';
import css from './view.module.css';

const most = 10;

/** Props of SortPanel. */
export interface SortPanelProps {
  sort: readonly SortKey[];
  onSortChange: (sort: SortKey[]) => void;
}

/** Chooses what ideas are sorted by, the strongest key first; without any, the rank by hand counts. */
export function SortPanel({ sort, onSortChange }: SortPanelProps) {
  const { allFields, field } = useProject();
  const free = allFields.filter((each) => !sort.some((key) => key.field === each.ref));
  const set = (at: number, next: SortKey) =>
    onSortChange(sort.map((key, index) => (index === at ? next : key)));
  return (
    <div className={`${css.panel} ${css.narrow}`}>
      {sort.length === 0 && <p className={css.hint}>{t('view.sort.none')}</p>}
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
      <div className={css.foot}>
        {sort.length < most && (
          <Button
            tone="ghost"
            icon={Plus}
            onClick={() => {
              const next = free.find((each) => each.type === 'formula') ?? free[0];
              if (next)
                onSortChange([
                  ...sort,
                  { field: next.ref, ...(next.type === 'formula' ? { desc: true } : {}) },
                ]);
            }}
          >
            {t('view.sort.add')}
          </Button>
        )}
        {sort.length > 0 && (
          <Button tone="ghost" icon={GripVertical} onClick={() => onSortChange([])}>
            {t('view.sort.manual')}
          </Button>
        )}
      </div>
    </div>
  );
}
