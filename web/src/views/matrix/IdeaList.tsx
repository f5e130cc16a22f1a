import { useVirtualizer } from '@tanstack/react-virtual';
import { PanelRight } from 'lucide-react';
import { type KeyboardEvent, type PointerEvent, useRef, useState, useSyncExternalStore } from 'react';
import { t } from '@/lib/i18n.ts';
import { useProject } from '@/sync/project.tsx';
import type { IdeaRow } from '@/sync/types.ts';
import { IconButton } from '@/ui/Button.tsx';
import { ChangeMark } from '../shared/change-marks.tsx';
import css from './IdeaList.module.css';
import type { Matrix } from './use-matrix.ts';
import type { Moves } from './use-moves.ts';

/** One idea of a list beside the plot. */
export interface ListedIdea {
  row: IdeaRow;
  /** A quiet line below the title. */
  note?: string;
}

interface IdeaListProps {
  carry: Matrix['carry'];
  moves: Moves;
  onOpen: (idea: string) => void;
  label: string;
  ideas: readonly ListedIdea[];
}

const height = 46;
const slack = 5;

/** Finds the plot that ideas are put on. */
function plotOf(): HTMLElement | null {
  return document.querySelector<HTMLElement>('[data-matrix-plot]');
}

/** Gives the keyboard to the plot, where arrow keys then move what was taken up. */
function focusPlot(): void {
  document.querySelector<HTMLElement>('[data-matrix-list]')?.focus({ preventScroll: true });
}

/** Ideas below each other, each to be dragged onto the plot, or taken up by a press and put down by another. */
export function IdeaList({ carry, moves, onOpen, label, ideas }: IdeaListProps) {
  const { project } = useProject();
  const carried = useSyncExternalStore(carry.subscribe, () => carry.get()?.lead);
  const scroller = useRef<HTMLUListElement>(null);
  const [at, setAt] = useState(0);
  // oxlint-disable-next-line react/incompatible-library -- there is no compiler that could memoise it wrongly
  const virtual = useVirtualizer({
    count: ideas.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => height,
    overscan: 6,
    useFlushSync: false,
  });
  const current = Math.min(at, ideas.length - 1);
  const go = (to: number) => {
    const next = Math.min(ideas.length - 1, Math.max(0, to));
    setAt(next);
    virtual.scrollToIndex(next);
    requestAnimationFrame(() =>
      scroller.current?.querySelector<HTMLElement>(`[data-at="${next}"]`)?.focus({ preventScroll: true }),
    );
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const by = { ArrowUp: -1, ArrowDown: 1, PageUp: -8, PageDown: 8 }[event.key];
    if (by !== undefined) go(current + by);
    else if (event.key === 'Home') go(0);
    else if (event.key === 'End') go(ideas.length - 1);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const take = (row: IdeaRow) => {
    if (moves.pickUp([row], row.id, false)) focusPlot();
  };
  const drag = useDragFromList(moves);
  return (
    <ul ref={scroller} className={css.list} aria-label={label} onKeyDown={onKeyDown}>
      <li className={css.space} style={{ blockSize: virtual.getTotalSize() }} aria-hidden="true" />
      {virtual.getVirtualItems().map(({ index, start }) => {
        const idea = ideas[index];
        if (!idea) return null;
        const title = String(idea.row.values.title ?? '');
        const key = `${project.key}-${idea.row.number}`;
        return (
          <li key={idea.row.id} className={css.item} style={{ translate: `0 ${start}px` }}>
            <ChangeMark idea={idea.row.id} />
            <button
              type="button"
              className={css.button}
              data-at={index}
              tabIndex={index === current ? 0 : -1}
              aria-label={t('matrix.tray.place', { title })}
              aria-description={idea.note}
              onFocus={() => setAt(index)}
              data-carried={idea.row.id === carried || undefined}
              {...drag(idea.row)}
              onClick={() => take(idea.row)}
            >
              <span className={css.title}>{title}</span>
              {idea.note && <span className={css.note}>{idea.note}</span>}
            </button>
            <IconButton
              label={t('matrix.tray.open', { key })}
              icon={PanelRight}
              size="tiny"
              className={css.open}
              onClick={() => onOpen(key)}
            />
          </li>
        );
      })}
    </ul>
  );
}

/** Drags an idea out of the list with the mouse; fingers scroll the list and place by tapping. */
function useDragFromList(moves: Moves) {
  const press = useRef<{ x: number; y: number; dragging: boolean }>(null);
  return (row: IdeaRow) => ({
    onPointerDown: (event: PointerEvent<HTMLElement>) => {
      if (event.button !== 0 || event.pointerType === 'touch') return;
      press.current = { x: event.clientX, y: event.clientY, dragging: false };
      event.currentTarget.setPointerCapture(event.pointerId);
    },
    onPointerMove: (event: PointerEvent<HTMLElement>) => {
      const now = press.current;
      const box = plotOf()?.getBoundingClientRect();
      if (!now || !box) return;
      if (!now.dragging) {
        if (Math.hypot(event.clientX - now.x, event.clientY - now.y) < slack) return;
        if (!moves.pickUp([row], row.id, true)) {
          press.current = null;
          return;
        }
        now.dragging = true;
      }
      moves.dragTo({ px: event.clientX - box.left, py: event.clientY - box.top });
    },
    onPointerUp: (event: PointerEvent<HTMLElement>) => {
      const now = press.current;
      press.current = null;
      if (!now?.dragging) return;
      // The click that follows would take the idea up once more.
      event.currentTarget.addEventListener('click', (click) => click.stopPropagation(), {
        capture: true,
        once: true,
      });
      const box = plotOf()?.getBoundingClientRect();
      const { clientX: x, clientY: y } = event;
      if (box && x >= box.left && x <= box.right && y >= box.top && y <= box.bottom) moves.drop();
      else moves.cancel();
    },
    onPointerCancel: () => {
      if (press.current?.dragging) moves.cancel();
      press.current = null;
    },
  });
}
