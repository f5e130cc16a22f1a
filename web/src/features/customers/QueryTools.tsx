import { ArrowDownUp, ListFilter } from 'lucide-react';
import { countTests } from '@/fields/describe.ts';
import { formatNumber } from '@/lib/format.ts';
import { t } from '@/lib/i18n.ts';
import type { Filter, SortKey } from '@/sync/types.ts';
import { Button } from '@/ui/Button.tsx';
import { Popover } from '@/ui/Popover.tsx';
import { FilterPanel } from '@/views/shared/query/FilterPanel.tsx';
import box from '@/views/shared/query/query.module.css';
import { SortKeys } from '@/views/shared/query/SortKeys.tsx';
import type { Column } from './columns.ts';

/** Props of QueryTools. */
export interface QueryToolsProps {
  /** Those that are offered. */
  columns: readonly Column[];
  /** All that there are: also hidden ones, and those of the other kind. */
  known: readonly Column[];
  filter: Filter;
  onFilterChange: (filter: Filter) => void;
  sort: readonly SortKey[];
  onSortChange: (sort: SortKey[]) => void;
}

/** Narrows and sorts a list of customers by anything that they have, as views of ideas are. */
export function QueryTools({ columns, known, filter, onFilterChange, sort, onSortChange }: QueryToolsProps) {
  const allFields = columns.map(({ field }) => field);
  const fields = { allFields, field: (ref: string) => known.find(({ key }) => key === ref)?.field };
  const conditions = countTests(filter);
  const sorted = sort.map((key) => fields.field(key.field)?.name).filter(Boolean);
  return (
    <>
      <Popover
        label={t('view.filter')}
        trigger={
          <Button tone="ghost" icon={ListFilter}>
            {[t('view.filter'), conditions > 0 && formatNumber(conditions)].filter(Boolean).join(' ')}
          </Button>
        }
      >
        <FilterPanel fields={fields} filter={filter} onFilterChange={onFilterChange} />
      </Popover>
      <Popover
        label={t('view.sort')}
        trigger={
          <Button tone="ghost" icon={ArrowDownUp}>
            {[t('view.sort'), sorted.join(', ')].filter(Boolean).join(' ')}
          </Button>
        }
      >
        <div className={`${box.panel} ${box.narrow}`}>
          <SortKeys fields={fields} sort={sort} onSortChange={onSortChange} />
        </div>
      </Popover>
    </>
  );
}
