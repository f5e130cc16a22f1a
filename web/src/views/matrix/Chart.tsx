import { useEffect, useId, useLayoutEffect, useRef, useSyncExternalStore } from 'react';
import { t } from '@/lib/i18n.ts';
import { useStore } from '@/lib/store.ts';
import { AxisName, AxisTicks } from './Axes.tsx';
import { Card } from './Card.tsx';
import { CarryLayer } from './CarryLayer.tsx';
import css from './Chart.module.css';
import { Cloud } from './Cloud.tsx';
import { pathOf } from './lasso.ts';
import layer from './layer.module.css';
import marks from './Marks.module.css';
import { Marks } from './Marks.tsx';
import { Pile } from './Pile.tsx';
import { QuadrantLayer } from './QuadrantLayer.tsx';
import { activeMark, type Choices } from './use-choices.ts';
import { useGestures } from './use-gestures.ts';
import type { Matrix } from './use-matrix.ts';
import type { Moves } from './use-moves.ts';
import { usePlotKeys } from './use-plot-keys.ts';

/** What the parts of the chart share. */
export interface ChartProps {
  matrix: Matrix;
  moves: Moves;
  choices: Choices;
}

/** The plot with its axes. */
export function Chart({ matrix, moves, choices }: ChartProps) {
  const { plan, props, scene, size, setSize, setActive, active, carry } = matrix;
  const plot = useRef<HTMLDivElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const prefix = useId();
  const { line, handlers } = useGestures({ matrix, moves, choices, element: plot });
  const onKeyDown = usePlotKeys({ matrix, moves, choices });
  useSize(plot, setSize);
  const carrying = useSyncExternalStore(carry.subscribe, () => carry.get() !== null);
  useEscape(carrying, moves);
  const current = activeMark(matrix);
  return (
    <div
      className={css.chart}
      data-wide={matrix.plotted.y.stops?.some((stop) => stop.label.length > 4) ? '' : undefined}
    >
      <AxisName matrix={matrix} which="y" />
      <AxisTicks matrix={matrix} which="y" />
      {/* biome-ignore lint/a11y/noStaticElementInteractions: what the pointer does here, the list inside does by keys */}
      <div
        ref={plot}
        className={css.plot}
        data-tool={matrix.tool}
        data-carrying={carrying || undefined}
        data-matrix-plot=""
        {...handlers}
        onMouseDown={(event) => {
          // A press on the background would take the keyboard away from what is in the hand.
          if (!(event.target instanceof Element && event.target.closest('[data-own]')))
            event.preventDefault();
        }}
        onPointerUp={(event) => {
          handlers.onPointerUp(event);
          const own = event.target instanceof Element && event.target.closest('[data-own]');
          if (!own) list.current?.focus({ preventScroll: true });
        }}
      >
        {size.width > 0 && (
          <>
            <Cloud matrix={matrix} />
            <QuadrantLayer matrix={matrix} />
            <div
              ref={list}
              className={marks.marks}
              role="listbox"
              aria-multiselectable="true"
              aria-label={t('matrix.label', {
                view: props.definition.name,
                x: plan.x.name,
                y: plan.y.name,
              })}
              aria-description={t('matrix.help')}
              aria-busy={props.result.pending}
              aria-activedescendant={current ? `${prefix}-${current.key}` : undefined}
              tabIndex={0}
              data-matrix-list=""
              onKeyDown={onKeyDown}
              onFocus={() => {
                const [first] = current ? [] : scene.marks;
                if (active === undefined && first && list.current?.matches(':focus-visible'))
                  setActive(first.points[0]?.row.id);
              }}
              onBlur={() => {
                choices.look(undefined);
                if (!carry.get()?.held) moves.cancel();
              }}
            >
              <Marks matrix={matrix} prefix={prefix} />
            </div>
            <CarryLayer matrix={matrix} />
            <Line line={line} />
            <Card matrix={matrix} idea={carrying ? undefined : choices.card} />
          </>
        )}
      </div>
      <AxisTicks matrix={matrix} which="x" />
      <AxisName matrix={matrix} which="x" />
      {matrix.listed.length > 0 && <Pile matrix={matrix} moves={moves} />}
    </div>
  );
}

/** Esc gives up a drag wherever the keyboard is. */
function useEscape(carrying: boolean, { cancel }: Moves): void {
  useEffect(() => {
    if (!carrying) return;
    const giveUp = (event: KeyboardEvent) => {
      if (event.key !== 'Escape') return;
      event.preventDefault();
      event.stopPropagation();
      cancel();
    };
    window.addEventListener('keydown', giveUp, { capture: true });
    return () => window.removeEventListener('keydown', giveUp, { capture: true });
  }, [carrying, cancel]);
}

function Line({ line }: { line: ReturnType<typeof useGestures>['line'] }) {
  const corners = useStore(line);
  if (corners.length < 2) return null;
  return (
    <svg className={layer.layer} aria-hidden="true">
      <path className={css.lasso} d={pathOf(corners)} />
    </svg>
  );
}

function useSize(
  element: React.RefObject<HTMLDivElement | null>,
  onSize: (size: { width: number; height: number }) => void,
): void {
  useLayoutEffect(() => {
    const target = element.current;
    if (!target) return;
    const measure = () => onSize({ width: target.clientWidth, height: target.clientHeight });
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(target);
    return () => observer.disconnect();
  }, [element, onSize]);
}
