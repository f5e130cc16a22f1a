import { ArrowDown, ArrowUp } from 'lucide-react';
import { t } from '@/lib/i18n.ts';
import type { SortKey } from '@/sync/types.ts';
import { Icon } from '@/ui/Icon.tsx';
import type { Column } from './columns.ts';
import css from './table.module.css';

/** Props of CustomerHead. */
export interface CustomerHeadProps {
  columns: readonly Column[];
  sort: readonly SortKey[];
  onSort: (sort: SortKey[]) => void;
  /** The widths of the columns, and of all together in px. */
  template: string;
  width: number;
}

/** The names of the columns; a press sorts by one, with Shift behind the other keys. */
export function CustomerHead({ columns, sort, onSort, template, width }: CustomerHeadProps) {
  return (
    <div
      role="row"
      className={css.head}
      aria-rowindex={1}
      style={{ gridTemplateColumns: template, minInlineSize: width }}
    >
      <div role="columnheader" aria-colindex={1} className={css.gutter}>
        <span className="visually-hidden">{t('customers.gutter')}</span>
      </div>
      {columns.map((column, at) => (
        <Heading key={column.key} column={column} at={at} sort={sort} onSort={onSort} />
      ))}
    </div>
  );
}

/** The sort after a press on a column's name: by it alone, or behind the others; again turns it round. */
export function pressed(sort: readonly SortKey[], { key, field }: Column, extend: boolean): SortKey[] {
  const own = sort.find((each) => each.field === key);
  const numbers = field.type === 'number';
  const next: SortKey = (own ? !own.desc : numbers) ? { field: key, desc: true } : { field: key };
  if (!extend) return [next];
  return own ? sort.map((each) => (each === own ? next : each)) : [...sort, next];
}

interface HeadingProps {
  column: Column;
  at: number;
  sort: readonly SortKey[];
  onSort: (sort: SortKey[]) => void;
}

function Heading({ column, at, sort, onSort }: HeadingProps) {
  const { key, field } = column;
  const place = sort.findIndex((each) => each.field === key);
  const own = sort[place];
  return (
    <div
      role="columnheader"
      aria-colindex={at + 2}
      className={css.heading}
      data-name={at === 0 || undefined}
      data-number={field.type === 'number' || undefined}
      aria-sort={own ? (own.desc ? 'descending' : 'ascending') : undefined}
    >
      <button
        type="button"
        className={css.sort}
        title={t('customers.sortMore', { field: field.name })}
        onClick={(event) => onSort(pressed(sort, column, event.shiftKey))}
      >
        <span className={css.headName}>{field.name}</span>
        {own && <Icon of={own.desc ? ArrowDown : ArrowUp} size={12} />}
        {own && sort.length > 1 && <span className={css.place}>{place + 1}</span>}
      </button>
    </div>
  );
}
