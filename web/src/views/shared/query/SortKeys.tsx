import { ArrowDown, ArrowUp, ChevronUp, Plus, X } from 'lucide-react';
import { typeOf } from '@/fields/registry.ts';
import { t } from '@/lib/i18n.ts';
import type { FieldInfo, SortKey } from '@/sync/types.ts';
import { Button, IconButton } from '@/ui/Button.tsx';
import { Combobox } from '@/ui/Combobox.tsx';
import type { Fields } from './FilterPanel.tsx';
import { movedUp } from './order.ts';
import css from './query.module.css';

const most = 10;

function freeFields(sort: readonly SortKey[], { allFields }: Fields): FieldInfo[] {
  return allFields.filter((each) => !sort.some((key) => key.field === each.ref));
}

/** The keys with one more behind them: a formula, which tells what is best first, or whatever is left. */
export function withKey(sort: readonly SortKey[], fields: Fields): SortKey[] {
  const free = freeFields(sort, fields);
  const next = free.find((each) => each.type === 'formula') ?? free[0];
  if (!next) return [...sort];
  return [...sort, { field: next.ref, ...(next.type === 'formula' ? { desc: true } : {}) }];
}

/** Props of SortKeys. */
export interface SortKeysProps {
  /** What can be sorted by. */
  fields: Fields;
  sort: readonly SortKey[];
  onSortChange: (sort: SortKey[]) => void;
}

/** The fields by which something is sorted, the strongest first. */
export function SortKeys({ fields, sort, onSortChange }: SortKeysProps) {
  const { allFields, field } = fields;
  const free = freeFields(sort, fields);
  const set = (at: number, next: SortKey) =>
    onSortChange(sort.map((key, index) => (index === at ? next : key)));
  return (
    <>
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
      {sort.length < most && free.length > 0 && (
        <Button
          className={css.start}
          tone="ghost"
          icon={Plus}
          onClick={() => onSortChange(withKey(sort, fields))}
        >
          {t('view.sort.add')}
        </Button>
      )}
    </>
  );
}
