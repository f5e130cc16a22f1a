import { type KeyboardEvent, type PointerEvent, useRef } from 'react';
import { t } from '@/lib/i18n.ts';
import css from './Range.module.css';

interface RangeGripProps {
  field: string;
  /** Whether there is a range already. */
  ranged: boolean;
  /** Takes by how many steps the range was pulled out (or in, below 0). */
  onPull: (steps: number) => void;
  /** Makes a range of a number, or a number of a range. */
  onToggle: () => void;
  /** Keeps the focus where it is: the text beside it has the keys. */
  quiet?: true;
}

/** The way of the pointer, in px, that pulls by one step. */
const way = 7;

/** A small handle beside a number: pulled sideways it makes a range; pressed, it sets or clears one. */
export function RangeGrip({ field, ranged, onPull, onToggle, quiet }: RangeGripProps) {
  const from = useRef<{ x: number; steps: number }>(undefined);
  const pulled = useRef(false);
  const onPointerDown = (event: PointerEvent<HTMLButtonElement>) => {
    if (quiet) event.preventDefault();
    event.currentTarget.setPointerCapture(event.pointerId);
    from.current = { x: event.clientX, steps: 0 };
    pulled.current = false;
  };
  const onPointerMove = (event: PointerEvent) => {
    if (!from.current) return;
    const steps = Math.trunc((event.clientX - from.current.x) / way);
    if (steps === from.current.steps) return;
    onPull(steps - from.current.steps);
    from.current.steps = steps;
    pulled.current = true;
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const steps = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1 }[event.key];
    if (steps === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    onPull(steps);
  };
  return (
    <button
      type="button"
      className={css.grip}
      tabIndex={quiet ? -1 : undefined}
      aria-label={t('field.range.grip', { field })}
      aria-pressed={ranged}
      title={t(quiet ? 'field.range.gripTip' : 'field.range.gripTipKeys')}
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerUp={() => {
        from.current = undefined;
      }}
      onPointerCancel={() => {
        from.current = undefined;
      }}
      onClick={() => {
        if (!pulled.current) onToggle();
        pulled.current = false;
      }}
      onKeyDown={onKeyDown}
    >
      ±
    </button>
  );
}
