import { useState } from 'react';
import { typeOf } from '@/fields/registry.ts';
import type { CellValue, FieldInfo } from '@/sync/types.ts';
import { Icon } from '@/ui/Icon.tsx';
import css from './Capture.module.css';

interface CaptureFieldProps {
  field: FieldInfo;
  value: CellValue;
  onValueChange: (value: CellValue) => void;
}

/** A field of an idea that is about to be added: its name until it has a value. */
export function CaptureField({ field, value, onValueChange }: CaptureFieldProps) {
  const { Cell, Editor, toggle, icon } = typeOf(field);
  const [open, setOpen] = useState(false);
  const [chip, setChip] = useState<HTMLButtonElement | null>(null);
  const empty = value === null || value === '' || (Array.isArray(value) && value.length === 0);
  const leave = () => {
    setOpen(false);
    requestAnimationFrame(() => chip?.focus({ preventScroll: true }));
  };
  return (
    <div className={css.fieldWrap}>
      <button
        ref={setChip}
        type="button"
        className={css.field}
        data-filled={!empty || undefined}
        onClick={() => (toggle ? onValueChange(toggle(value)) : setOpen(true))}
      >
        <Icon of={icon} size={14} />
        <span className={empty ? undefined : 'visually-hidden'}>{field.name}</span>
        {!empty && <Cell field={field} value={value} />}
      </button>
      {open && Editor && (
        <Editor
          field={field}
          value={value}
          idea={0}
          anchor={chip}
          onCommit={(next) => {
            onValueChange(next);
            leave();
          }}
          onCancel={leave}
        />
      )}
    </div>
  );
}
