import type { KeyboardEvent } from 'react';
import { formatNumber } from '@/lib/format.ts';
import { t } from '@/lib/i18n.ts';
import { type Direction, directionOf, nearest, readingOrder } from './nav.ts';
import { activeMark, type Choices } from './use-choices.ts';
import type { Matrix } from './use-matrix.ts';
import type { Moves } from './use-moves.ts';
import { clampViewport, pan, type Viewport, wholePlot, zoomAt } from './viewport.ts';

interface KeyTools {
  matrix: Matrix;
  moves: Moves;
  choices: Choices;
}

const axisOfDirection: Record<Direction, readonly ['x' | 'y', number]> = {
  left: ['x', -1],
  right: ['x', 1],
  up: ['y', 1],
  down: ['y', -1],
};

/** Zooms by a factor around the middle and says how much is in sight. */
export function zoomBy(matrix: Matrix, factor: number): void {
  const { view, setView, plotted, say } = matrix;
  const next = factor === 0 ? wholePlot : zoomAt(view, factor, { s: 0.5, t: 0.5 });
  setView(() => next);
  const seen = plotted.points.filter(
    ({ u, v }) => u >= next.u && u <= next.u + 1 / next.zoom && v >= next.v && v <= next.v + 1 / next.zoom,
  );
  say(t('matrix.zoomed', { percent: formatNumber(Math.round(next.zoom * 100)), n: seen.length }));
}

/** Moves the picture so that a place comes into sight with some room around it. */
export function reveal(view: Viewport, { u, v }: { u: number; v: number }): Viewport {
  const room = 0.06 / view.zoom;
  const end = 1 / view.zoom;
  const towards = (from: number, at: number) =>
    at < from + room ? at - room : at > from + end - room ? at - end + room : from;
  return clampViewport({ zoom: view.zoom, u: towards(view.u, u), v: towards(view.v, v) });
}

function carryKey(event: KeyboardEvent, { moves }: KeyTools): boolean {
  const direction = directionOf(event.key);
  if (direction) {
    const [which, by] = axisOfDirection[direction];
    moves.step(which, event.shiftKey ? by * 10 : by);
  } else if (event.key === 'Enter' || event.key === ' ') moves.drop();
  else if (event.key === 'Escape') moves.cancel();
  // Nothing else while something is in the hand, except leaving.
  else return event.key !== 'Tab';
  return true;
}

function goKey(event: KeyboardEvent, { matrix, moves, choices }: KeyTools): boolean {
  const { scene, setActive, setView } = matrix;
  const direction = directionOf(event.key);
  const ordered = readingOrder(scene.marks);
  const now = activeMark(matrix) ?? ordered[0];
  const go = (mark: typeof now) => {
    const [first] = mark?.points ?? [];
    if (!mark || !first) return;
    setActive(first.row.id);
    choices.look(mark.points.length === 1 ? first.row.id : undefined);
  };
  if (event.key === 'Home') go(ordered[0]);
  else if (event.key === 'End') go(ordered.at(-1));
  else if (!direction) return false;
  else if (event.altKey) {
    if (!now || !pickUp({ matrix, moves, choices })) return true;
    const [which, by] = axisOfDirection[direction];
    moves.step(which, by);
  } else if (event.shiftKey) {
    const [which, by] = axisOfDirection[direction];
    setView((view) => pan(view, { s: which === 'x' ? by * 0.15 : 0, t: which === 'y' ? by * 0.15 : 0 }));
  } else if (matrix.active === undefined) go(now);
  else if (now) go(nearest(scene.marks, now, direction) ?? now);
  return true;
}

/** Takes up the selection when the active idea is part of it, else the active mark. */
function pickUp({ matrix, moves, choices }: KeyTools): boolean {
  const mark = activeMark(matrix);
  if (!mark) return false;
  const lead = matrix.active ?? mark.points[0]?.row.id ?? 0;
  const own = mark.points.some(({ row }) => matrix.selected.has(row.id))
    ? matrix.plotted.points.filter(({ row }) => matrix.selected.has(row.id))
    : mark.points;
  choices.look(undefined);
  return moves.pickUp(
    own.map(({ row }) => row),
    lead,
    false,
  );
}

function commandKey(event: KeyboardEvent, tools: KeyTools): boolean {
  const { matrix, choices } = tools;
  const mark = activeMark(matrix);
  switch (event.key) {
    case 'Enter':
      if (mark) choices.open(mark);
      return true;
    case ' ':
      if (mark) choices.toggle(mark.points.map(({ row }) => row.id));
      return true;
    case 'm':
    case 'M':
      pickUp(tools);
      return true;
    case '+':
    case '=':
      zoomBy(matrix, 1.5);
      return true;
    case '-':
    case '_':
      zoomBy(matrix, 1 / 1.5);
      return true;
    case '0':
      zoomBy(matrix, 0);
      return true;
    case 'Escape':
      choices.look(undefined);
      return choices.giveUp();
    default:
      return false;
  }
}

/** The keys of the plot. */
export function usePlotKeys(tools: KeyTools) {
  return (event: KeyboardEvent) => {
    if (event.target !== event.currentTarget || event.nativeEvent.isComposing) return;
    const mod = event.ctrlKey || event.metaKey;
    let done: boolean;
    if (tools.matrix.carry.get()) done = carryKey(event, tools);
    else if (mod && event.key.toLowerCase() === 'a') {
      tools.choices.selectAll();
      done = true;
    } else done = goKey(event, tools) || (!mod && commandKey(event, tools));
    if (!done) return;
    event.preventDefault();
    // Letters mean something else outside of the plot.
    event.stopPropagation();
  };
}
