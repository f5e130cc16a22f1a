import {
  type CSSProperties,
  type KeyboardEvent,
  type PointerEvent,
  type ReactNode,
  useCallback,
  useRef,
  useState,
} from 'react';
import { t } from '@/lib/i18n.ts';
import { phoneQuery, useMediaQuery } from '@/lib/media.ts';
import { readStored, writeStored } from '@/lib/storage.ts';
import css from './SplitPane.module.css';

/** Props of SplitPane. */
export interface SplitPaneProps {
  /** The main part. */
  children: ReactNode;
  /** The side panel at the end; absent when closed. */
  panel?: ReactNode;
  /** The panel's name for screen readers. */
  label: string;
  /** On a phone the panel leaves the upper part of the main one in sight and in reach: it speaks of that. */
  sheet?: boolean;
  /** Remembers the width in this browser under this name. */
  storageKey?: string;
  /** Widths of the panel in px: 420, 420 and 720 unless told. */
  initial?: number;
  min?: number;
  max?: number;
}

/** Keeps a width within its bounds. */
export function clampWidth(width: number, min: number, max: number): number {
  return Math.round(Math.min(max, Math.max(min, width)));
}

/** A main part and a side panel whose edge can be dragged, or moved with the arrow keys. On a phone the panel covers all, or the lower part. */
export function SplitPane(props: SplitPaneProps) {
  const { children, panel, label, sheet, storageKey, initial = 480, min = 420, max = 720 } = props;
  const [width, setWidth] = useState(() => {
    const stored = Number(storageKey ? readStored(storageKey) : 0);
    return clampWidth(stored || initial, min, max);
  });
  // There the panel covers the main part, which must not be reached behind it; a sheet does not.
  const phone = useMediaQuery(phoneQuery);
  const resize = useCallback(
    (next: number) => {
      const fitting = clampWidth(next, min, max);
      setWidth(fitting);
      if (storageKey) writeStored(storageKey, String(fitting));
    },
    [min, max, storageKey],
  );
  return (
    <div className={css.split}>
      <div className={css.main} inert={Boolean(panel) && phone && !sheet}>
        {children}
      </div>
      {panel && (
        <aside
          className={css.panel}
          style={{ '--panel-width': `${width}px` } as CSSProperties}
          aria-label={label}
          data-sheet={sheet || undefined}
          data-part="panel"
        >
          <Edge width={width} min={min} max={max} onResize={resize} />
          {panel}
        </aside>
      )}
    </div>
  );
}

interface EdgeProps {
  width: number;
  min: number;
  max: number;
  onResize: (width: number) => void;
}

function Edge({ width, min, max, onResize }: EdgeProps) {
  const grip = useRef<{ x: number; width: number } | null>(null);
  const rtl = () => document.documentElement.dir === 'rtl';
  const onPointerDown = (event: PointerEvent<HTMLElement>) => {
    event.currentTarget.setPointerCapture(event.pointerId);
    grip.current = { x: event.clientX, width };
  };
  const onPointerMove = (event: PointerEvent) => {
    if (!grip.current) return;
    const moved = (grip.current.x - event.clientX) * (rtl() ? -1 : 1);
    onResize(grip.current.width + moved);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const towards = { ArrowLeft: rtl() ? -1 : 1, ArrowRight: rtl() ? 1 : -1 }[event.key];
    const next =
      { Home: min, End: max }[event.key] ?? (towards && width + towards * (event.shiftKey ? 64 : 16));
    if (next === undefined) return;
    event.preventDefault();
    onResize(next);
  };
  return (
    <div
      className={css.edge}
      role="separator"
      tabIndex={0}
      aria-orientation="vertical"
      aria-label={t('ui.resizePanel')}
      aria-valuemin={min}
      aria-valuemax={max}
      aria-valuenow={width}
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerUp={() => {
        grip.current = null;
      }}
      onKeyDown={onKeyDown}
    />
  );
}
