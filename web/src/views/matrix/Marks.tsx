import { memo, useMemo, useState } from 'react';
import { formatNumber } from '@/lib/format.ts';
import { t } from '@/lib/i18n.ts';
import { type ChangeOf, useChanges } from '../shared/change-marks.tsx';
import { barBox, errorBarsOf } from './error-bars.ts';
import { cornersOf, type LabelSide, placeLabels } from './labels.ts';
import css from './Marks.module.css';
import { colorShares, countedMarks, type Mark } from './marks.ts';
import { labelWidth } from './measure.ts';
import { readingOrder } from './nav.ts';
import { activeMark } from './use-choices.ts';
import type { Matrix } from './use-matrix.ts';
import { titleOf } from './words.ts';

/** In a crowded picture numbers stand where many ideas are: so many at least, and that part of all in sight. */
const countFrom = 12;
const countShare = 1 / 150;
const countRoom = { width: 36, height: 20 };

/** Everything that can be gone to on the plot, as a bubble each. */
export function Marks({ matrix, prefix }: { matrix: Matrix; prefix: string }) {
  const { scene, nameOf, selected, props } = matrix;
  const labels = useLabels(matrix);
  const ordered = useMemo(() => readingOrder(scene.marks), [scene.marks]);
  const current = activeMark(matrix);
  const opened = props.openIdea;
  const counted = useMemo(() => {
    if (!scene.dense) return undefined;
    return countedMarks(scene.marks, Math.max(countFrom, scene.spots.length * countShare), countRoom);
  }, [scene]);
  const colored = matrix.plan.color !== undefined;
  const changes = useChanges();
  return ordered.map((mark) => {
    const [first] = mark.points;
    const chosen = mark.points.every(({ row }) => selected.has(row.id));
    const changed = changes ? changeOf(mark, changes) : undefined;
    const name = nameOf(mark);
    return (
      <MarkView
        key={mark.key}
        id={`${prefix}-${mark.key}`}
        mark={mark}
        name={changed ? `${name}, ${changed.words}` : name}
        changed={changed?.tone}
        dense={scene.dense && !mark.petal}
        counted={mark.points.length > 1 && (mark.petal || (counted?.has(mark.key) ?? true))}
        label={labels.get(mark.key)}
        active={mark === current}
        selected={chosen}
        colored={colored}
        opened={opened !== undefined && mark.points.length === 1 && opened.endsWith(`-${first?.row.number}`)}
      />
    );
  });
}

/** What became otherwise with the ideas of a mark; of several the number, in the tone that says most. */
function changeOf({ points }: Mark, changes: ReadonlyMap<number, ChangeOf>): ChangeOf | undefined {
  const found = points.flatMap(({ row }) => changes.get(row.id) ?? []);
  const [only] = found;
  if (!only || points.length === 1) return only;
  const tone = (['new', 'moved'] as const).find((each) => found.some((change) => change.tone === each));
  return { tone: tone ?? 'changed', words: t('matrix.pileChanged', { n: found.length }) };
}

interface MarkViewProps {
  id: string;
  mark: Mark;
  name: string;
  /** Of what became otherwise with it. */
  changed?: ChangeOf['tone'];
  dense: boolean;
  /** The number of its ideas is shown. */
  counted: boolean;
  label?: LabelSide;
  active: boolean;
  selected: boolean;
  opened: boolean;
  /** Colours mean something, so that what has none is drawn quietly. */
  colored: boolean;
}

const MarkView = memo(function MarkView(props: MarkViewProps) {
  const { id, mark, name, changed, dense, counted, label, active, selected, opened, colored } = props;
  const { points, r } = mark;
  const [first] = points;
  const pile = points.length > 1;
  return (
    <div
      id={id}
      className={css.mark}
      role="option"
      aria-selected={selected}
      aria-label={name}
      data-mark={mark.key}
      data-kind={dense ? 'area' : pile ? 'pile' : 'idea'}
      data-active={active || undefined}
      data-open={mark.open}
      data-changed={changed}
      data-petal={mark.petal}
      data-shown={opened || undefined}
      data-plain={(colored && !pile && first?.color === undefined) || undefined}
      data-option-color={pile ? undefined : first?.color}
      style={{
        translate: `${(mark.px - r).toFixed(1)}px ${(mark.py - r).toFixed(1)}px`,
        inlineSize: 2 * r,
        blockSize: 2 * r,
        // Small ones lie on large ones, piles on all.
        zIndex: pile ? 50 : 40 - Math.round(r),
      }}
    >
      <span className={css.bubble} style={pile && !dense ? ringOf(mark, colored) : undefined} />
      {counted && (
        <span className={css.count} data-count="">
          {formatNumber(points.length)}
        </span>
      )}
      {label && first && (
        <span className={css.label} data-side={label}>
          {titleOf(first)}
        </span>
      )}
    </div>
  );
});

/** A pile's ring shows how often each colour occurs in it. */
function ringOf({ points }: Mark, colored: boolean): React.CSSProperties {
  const shares = colorShares(points);
  let from = 0;
  const parts = shares.map(({ color, count }) => {
    const to = from + (count / points.length) * 100;
    const part = `var(--${color ? `option-${color}-solid` : colored ? 'line-control' : 'accent'}) ${from.toFixed(1)}% ${to.toFixed(1)}%`;
    from = to;
    return part;
  });
  return { '--ring': `conic-gradient(${parts.join(', ')})` } as React.CSSProperties;
}

const noLabels: ReadonlyMap<string, LabelSide> = new Map();

/** Labels where there is room; while the picture moves they stay on the side where they were. */
function useLabels({
  scene,
  size,
  selected,
  active,
  moving,
  plotted,
  view,
  dividers,
}: Matrix): ReadonlyMap<string, LabelSide> {
  const [measure] = useState(labelWidth);
  const placed = useMemo(() => {
    if (moving) return undefined;
    if (scene.dense && !scene.marks.some((mark) => mark.petal)) return noLabels;
    const bubbles = scene.marks.map((mark) => {
      const [first] = mark.points;
      const single = mark.points.length === 1 && first !== undefined && (!scene.dense || mark.petal);
      const chosen = first !== undefined && (selected.has(first.row.id) || first.row.id === active);
      return {
        key: mark.key,
        px: mark.px,
        py: mark.py,
        r: mark.r,
        width: single ? measure(titleOf(first)) : 0,
        priority: (mark.petal ? 2000 : 0) + (chosen ? 1000 : 0) + mark.r,
      };
    });
    const bars = scene.dense ? [] : errorBarsOf(scene.marks, { axes: plotted, view, size });
    const names = dividers ? cornersOf(size) : [];
    return placeLabels(bubbles, { ...size, obstacles: [...bars.map(barBox), ...names] });
  }, [scene, size, selected, active, moving, measure, plotted, view, dividers]);
  const [held, setHeld] = useState(noLabels);
  if (placed && placed !== held) setHeld(placed);
  return placed ?? held;
}
