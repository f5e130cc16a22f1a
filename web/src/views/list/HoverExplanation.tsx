import { type PointerEvent, Suspense, useRef, useState } from 'react';
import { createPortal } from 'react-dom';
import { soonPart } from '@/lib/lazy-part.ts';
import type { FieldInfo } from '@/sync/types.ts';
import css from './HoverExplanation.module.css';
import type { Grid } from './use-grid.ts';

const ExplanationPanel = soonPart<{ idea: number; field: FieldInfo }>(() =>
  import('@/fields/formula/Explanation.tsx').then((module) => ({ default: module.ExplanationPanel })),
);

const rest = 400;
const gap = 4;
const width = 340;

interface Shown {
  idea: number;
  field: FieldInfo;
  /** Where it stands on the screen, in px. */
  left: number;
  top: number;
  /** Above the cell, where there is no room below. */
  above: boolean;
}

/** Explains a computed number while the pointer rests on it. One for the whole grid, so that cells stay light. */
export function useHoverExplanation(grid: Grid) {
  const [shown, setShown] = useState<Shown | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const over = useRef<Element | null>(null);
  const leave = () => {
    clearTimeout(timer.current);
    over.current = null;
    setShown(null);
  };
  const onPointerOver = (event: PointerEvent) => {
    const cell = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-column]') : null;
    if (cell === over.current) return;
    leave();
    if (!cell?.querySelector('[data-formula]') || event.pointerType === 'touch') return;
    over.current = cell;
    timer.current = setTimeout(() => setShown(placeAt(cell, grid)), rest);
  };
  const popup =
    shown && !grid.state.editing
      ? createPortal(
          <div
            className={css.explanation}
            role="tooltip"
            data-above={shown.above || undefined}
            style={{ left: shown.left, top: shown.top }}
          >
            <Suspense>
              <ExplanationPanel idea={shown.idea} field={shown.field} />
            </Suspense>
          </div>,
          // Within the page's main part, where screen readers look for content.
          document.getElementById('main') ?? document.body,
        )
      : null;
  return { onPointerOver, onPointerLeave: leave, onScroll: leave, popup };
}

function placeAt(cell: HTMLElement, grid: Grid): Shown | null {
  const line = cell.closest<HTMLElement>('[data-item]');
  const row = grid.cells.rowAt(Number(line?.dataset.item));
  const field = grid.columns[Number(cell.dataset.column)]?.field;
  if (!row || !field) return null;
  const box = cell.getBoundingClientRect();
  const above = box.bottom > window.innerHeight * 0.66;
  return {
    idea: row.id,
    field,
    left: Math.max(gap, Math.min(box.left, window.innerWidth - width - gap)),
    top: above ? box.top - gap : box.bottom + gap,
    above,
  };
}
