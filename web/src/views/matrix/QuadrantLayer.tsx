import { type KeyboardEvent, type PointerEvent, useEffect, useMemo, useRef, useState } from 'react';
import { formatNumber } from '@/lib/format.ts';
import { t } from '@/lib/i18n.ts';
import { textOf } from './axis.ts';
import { type Quadrants, withMatrix } from './definition.ts';
import layer from './layer.module.css';
import type { Plotted } from './points.ts';
import css from './QuadrantLayer.module.css';
import { type Quadrant, quadrantName, quadrantNames } from './quadrant-names.ts';
import { type Dividers, quadrantOf, snapDivider, stepDivider } from './quadrants.ts';
import { shareOf } from './scale.ts';
import type { Matrix } from './use-matrix.ts';
import { toPlot, toScreen } from './viewport.ts';

const order = Object.keys(quadrantNames) as Quadrant[];
const longest = 60;

function countsOf({ points }: Plotted, dividers: Dividers | undefined): ReadonlyMap<Quadrant, number> {
  const counts = new Map<Quadrant, number>();
  if (!dividers) return counts;
  for (const point of points) {
    const which = quadrantOf({ x: point.x.value, y: point.y.value }, dividers);
    counts.set(which, (counts.get(which) ?? 0) + 1);
  }
  return counts;
}

/** The dividers of the quadrants, and their names in the corners. */
export function QuadrantLayer({ matrix }: { matrix: Matrix }) {
  const { dividers, plotted, view, size, plan, props } = matrix;
  const counts = useMemo(() => countsOf(plotted, dividers), [plotted, dividers]);
  if (!dividers) return null;
  const { quadrants } = plan.layout;
  const place = { u: shareOf(dividers.x, plotted.x.span), v: shareOf(dividers.y, plotted.y.span) };
  const { px, py } = toScreen(place, view, size);
  const change = (part: Partial<Quadrants>) =>
    props.onChange(withMatrix(props.definition, { quadrants: { ...quadrants, ...part } }));
  // Names stand in the outer corner of what is to be seen of their quadrant.
  const box = (which: Quadrant) => {
    const rightSide = which.startsWith('high') !== plotted.x.span.reversed;
    const upper = which.endsWith('High') !== plotted.y.span.reversed;
    const middle = { x: Math.min(size.width, Math.max(0, px)), y: Math.min(size.height, Math.max(0, py)) };
    const width = rightSide ? size.width - middle.x : middle.x;
    const height = upper ? middle.y : size.height - middle.y;
    return { rightSide, upper, width, height };
  };
  return (
    <div className={layer.layer} data-quadrants="">
      {order.map((which) => {
        const { rightSide, upper, width, height } = box(which);
        if (width < 48 || height < 28) return null;
        return (
          <div
            key={which}
            className={css.quadrant}
            data-end={rightSide || undefined}
            data-upper={upper || undefined}
            style={{ maxInlineSize: width }}
          >
            <QuadrantName
              name={quadrantName(quadrants, which)}
              count={counts.get(which) ?? 0}
              onRename={(name) => {
                change({ [which]: name || undefined });
                matrix.say(t('matrix.quadrant.renamed', { name: name || t(quadrantNames[which]) }));
              }}
            />
          </div>
        );
      })}
      <Divider matrix={matrix} which="x" at={px} onMove={(x) => change({ x })} />
      <Divider matrix={matrix} which="y" at={py} onMove={(y) => change({ y })} />
    </div>
  );
}

interface QuadrantNameProps {
  name: string;
  count: number;
  onRename: (name: string) => void;
}

function QuadrantName({ name, count, onRename }: QuadrantNameProps) {
  const [editing, setEditing] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const leave = (next?: string) => {
    setEditing(false);
    if (next !== undefined && next.trim() !== name) onRename(next.trim());
    requestAnimationFrame(() => button.current?.focus());
  };
  if (editing) {
    return (
      <input
        className={css.input}
        data-own=""
        aria-label={t('matrix.quadrant.name')}
        defaultValue={name}
        maxLength={longest}
        // biome-ignore lint/a11y/noAutofocus: the field takes the place of the button that was pressed
        autoFocus
        onFocus={(event) => event.target.select()}
        onBlur={(event) => {
          setEditing(false);
          const next = event.target.value.trim();
          if (next !== name) onRename(next);
        }}
        onKeyDown={(event) => {
          event.stopPropagation();
          if (event.key === 'Enter') leave(event.currentTarget.value);
          else if (event.key === 'Escape') {
            event.currentTarget.value = name;
            leave();
          }
        }}
      />
    );
  }
  return (
    <button
      ref={button}
      type="button"
      className={css.name}
      data-own=""
      aria-label={t('matrix.quadrant.rename', { name, n: count })}
      onClick={() => setEditing(true)}
    >
      <span>{name}</span> <span className={css.count}>{formatNumber(count)}</span>
    </button>
  );
}

interface DividerProps {
  matrix: Matrix;
  which: 'x' | 'y';
  /** Its place in px. */
  at: number;
  onMove: (value: number) => void;
}

/** A line between quadrants that can be moved. */
function Divider({ matrix, which, at, onMove }: DividerProps) {
  const { plotted, view, size, dividers, say } = matrix;
  const axis = plotted[which];
  const [dragged, setDragged] = useState<number>();
  const box = useRef<DOMRect>(undefined);
  const dragging = dragged !== undefined;
  useEffect(() => {
    if (!dragging) return;
    const pinched = (event: Event) => {
      if (event instanceof globalThis.PointerEvent && !event.isPrimary) setDragged(undefined);
    };
    addEventListener('pointerdown', pinched, true);
    return () => removeEventListener('pointerdown', pinched, true);
  }, [dragging]);
  const value = dragged ?? dividers?.[which] ?? 0;
  const length = which === 'x' ? size.width : size.height;
  const share = shareOf(value, axis.span);
  const shown =
    dragged === undefined
      ? at
      : which === 'x'
        ? toScreen({ u: share, v: 0 }, view, size).px
        : toScreen({ u: 0, v: share }, view, size).py;
  if (shown < 0 || shown > length || !Number.isFinite(shown)) return null;
  const label = t('matrix.divider', { field: axis.field.name, value: textOf(axis, value) });
  const pointed = (event: PointerEvent) => {
    const { left = 0, top = 0 } = box.current ?? {};
    const { u, v } = toPlot({ px: event.clientX - left, py: event.clientY - top }, view, size);
    return snapDivider(axis, which === 'x' ? u : v);
  };
  const step = (event: KeyboardEvent) => {
    const keys = which === 'x' ? ['ArrowLeft', 'ArrowRight'] : ['ArrowDown', 'ArrowUp'];
    const found = keys.indexOf(event.key);
    if (found < 0) return;
    event.preventDefault();
    event.stopPropagation();
    const by = (found === 0 ? -1 : 1) * (axis.span.reversed ? -1 : 1) * (event.shiftKey ? 5 : 1);
    const next = stepDivider(axis, value, by);
    onMove(next);
    say(t('matrix.divider', { field: axis.field.name, value: textOf(axis, next) }));
  };
  return (
    <div
      className={css.divider}
      data-own=""
      data-axis={which}
      data-dragging={dragged !== undefined || undefined}
      role="separator"
      tabIndex={0}
      aria-orientation={which === 'x' ? 'vertical' : 'horizontal'}
      aria-label={t('matrix.divider.label', { field: axis.field.name })}
      aria-valuenow={value}
      aria-valuemin={axis.span.low}
      aria-valuemax={axis.span.high}
      aria-valuetext={textOf(axis, value)}
      style={which === 'x' ? { translate: `${shown}px 0` } : { translate: `0 ${shown}px` }}
      onKeyDown={step}
      onPointerDown={(event) => {
        if (event.button !== 0 || !event.isPrimary) return;
        event.preventDefault();
        event.currentTarget.focus();
        event.currentTarget.setPointerCapture(event.pointerId);
        box.current = event.currentTarget.parentElement?.getBoundingClientRect();
        setDragged(value);
      }}
      onPointerMove={(event) => dragged !== undefined && setDragged(pointed(event))}
      onPointerUp={(event) => {
        if (dragged === undefined) return;
        const next = pointed(event);
        setDragged(undefined);
        if (next === dividers?.[which]) return;
        onMove(next);
        say(t('matrix.divider', { field: axis.field.name, value: textOf(axis, next) }));
      }}
      onPointerCancel={() => setDragged(undefined)}
    >
      {dragged !== undefined && <span className={css.value}>{label}</span>}
    </div>
  );
}
