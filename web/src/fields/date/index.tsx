import { CalendarDays } from 'lucide-react';
import { formatDay, formatUnit, parseDay } from '@/lib/days.ts';
import css from '../fields.module.css';
import { laterEditor } from '../later.tsx';
import { notA } from '../text.ts';
import type { CellProps, FieldType } from '../types.ts';
import { dayIn } from './value.ts';

function Cell({ value }: CellProps) {
  const day = dayIn(value);
  return day && <span className={css.number}>{formatDay(day)}</span>;
}

/** A calendar day. */
export const date: FieldType = {
  icon: CalendarDays,
  align: 'start',
  width: 124,
  Cell,
  Editor: laterEditor(() => import('./Editor.tsx')),
  toText: (value) => {
    const day = dayIn(value);
    return day ? formatUnit(day, 'day') : '';
  },
  fromText: (text) => {
    if (text.trim() === '') return { value: null };
    const day = parseDay(text.trim());
    return day ? { value: day } : notA('date', text);
  },
};
