import { Clock } from 'lucide-react';
import { dayOf, formatDay } from '@/lib/days.ts';
import { formatMoment } from '@/lib/format.ts';
import { t } from '@/lib/i18n.ts';
import css from '../fields.module.css';
import type { CellProps, FieldType } from '../types.ts';

/** The calendar day of a moment where the reader is. */
function localDay(moment: string): string {
  const date = new Date(moment);
  return dayOf(new Date(Date.UTC(date.getFullYear(), date.getMonth(), date.getDate())));
}

function Cell({ value }: CellProps) {
  if (typeof value !== 'string' || Number.isNaN(Date.parse(value))) return null;
  return (
    <time className={css.number} dateTime={value} title={formatMoment(value)}>
      {formatDay(localDay(value))}
    </time>
  );
}

/** A moment that Cairn keeps: created, updated. */
export const time: FieldType = {
  icon: Clock,
  align: 'start',
  width: 116,
  Cell,
  toText: (value) => (typeof value === 'string' ? formatMoment(value) : ''),
  fromText: () => ({ error: t('field.computed') }),
};
