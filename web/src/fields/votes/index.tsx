import { ChevronUp } from 'lucide-react';
import { formatNumber } from '@/lib/format.ts';
import { t } from '@/lib/i18n.ts';
import { Icon } from '@/ui/Icon.tsx';
import { laterEditor } from '../later.tsx';
import { writeNumber } from '../text.ts';
import type { CellProps, FieldType } from '../types.ts';
import css from './votes.module.css';

function Cell({ value }: CellProps) {
  const count = typeof value === 'number' ? value : 0;
  return (
    <span className={css.cell} data-none={count === 0 || undefined}>
      <Icon of={ChevronUp} size={14} />
      {formatNumber(count)}
    </span>
  );
}

/** What people give from their budgets. */
export const votes: FieldType = {
  icon: ChevronUp,
  align: 'end',
  width: 96,
  Cell,
  Editor: laterEditor(() => import('./Editor.tsx')),
  opensForAll: true,
  toText: (value) => (typeof value === 'number' ? writeNumber(value) : ''),
  fromText: () => ({ error: t('field.votes.counted') }),
};
