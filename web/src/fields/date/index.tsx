import { CalendarDays } from 'lucide-react';
import { useState } from 'react';
import { formatDay, formatUnit, isDay, parseDay } from '@/lib/days.ts';
import type { CellValue } from '@/sync/types.ts';
import { DatePanel } from '@/ui/DatePicker.tsx';
import css from '../fields.module.css';
import { PopupEditor } from '../PopupEditor.tsx';
import { notA } from '../text.ts';
import type { CellProps, EditorProps, FieldType } from '../types.ts';

const dayIn = (value: CellValue) => (typeof value === 'string' && isDay(value) ? value : null);

function Cell({ value }: CellProps) {
  const day = dayIn(value);
  return day && <span className={css.number}>{formatDay(day)}</span>;
}

function Editor({ field, value, anchor, onCommit, onCancel }: EditorProps) {
  const [day, setDay] = useState(dayIn(value));
  const start = dayIn(value);
  return (
    <PopupEditor
      label={field.name}
      anchor={anchor}
      onLeave={() => (day === start ? onCancel() : onCommit(day, 'stay'))}
    >
      <DatePanel
        label={field.name}
        value={start}
        onValueChange={(next) => {
          setDay(next);
          onCommit(next, 'stay');
        }}
      />
    </PopupEditor>
  );
}

/** A calendar day. */
export const date: FieldType = {
  icon: CalendarDays,
  align: 'start',
  width: 124,
  Cell,
  Editor,
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
