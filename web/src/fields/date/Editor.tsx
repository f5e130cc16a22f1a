import { useState } from 'react';
import { DatePanel } from '@/ui/DatePicker.tsx';
import { PopupEditor } from '../PopupEditor.tsx';
import type { EditorProps } from '../types.ts';
import { dayIn } from './value.ts';

/** Its editor, beside the cell. */
export default function Editor({ field, value, anchor, onCommit, onCancel }: EditorProps) {
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
