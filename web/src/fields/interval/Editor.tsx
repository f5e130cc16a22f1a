import { useState } from 'react';
import { IntervalPanel } from '@/ui/DatePicker.tsx';
import { PopupEditor } from '../PopupEditor.tsx';
import type { EditorProps } from '../types.ts';
import { intervalIn } from './value.ts';

/** Its editor, beside the cell. */
export default function Editor({ field, value, anchor, onCommit, onCancel }: EditorProps) {
  const [interval, setInterval] = useState(intervalIn(value));
  const [changed, setChanged] = useState(false);
  const leave = () => (changed ? onCommit(interval, 'stay') : onCancel());
  return (
    <PopupEditor label={field.name} anchor={anchor} onLeave={leave}>
      <IntervalPanel
        label={field.name}
        value={interval}
        onValueChange={(next) => {
          setInterval(next);
          setChanged(true);
          if (next === null) onCommit(null, 'stay');
        }}
        onDone={leave}
      />
    </PopupEditor>
  );
}
