import { useMemo } from 'react';
import { t } from '@/lib/i18n.ts';
import { useLatest } from '@/lib/latest.ts';
import { useProject } from '@/sync/project.tsx';
import type { IdeaRow } from '@/sync/types.ts';
import { toast } from '@/ui/Toast.tsx';
import { afterwards } from '../shared/afterwards.ts';
import { snap } from './axis.ts';
import { type Carried, carryBy, carryStep, carryTo, writesOf } from './carry.ts';
import { valueAt } from './scale.ts';
import type { Matrix } from './use-matrix.ts';
import { readingOf } from './values.ts';
import { toPlot } from './viewport.ts';
import { lockText, placeText } from './words.ts';

/** A place on the screen, in px from the upper left corner of the plot. */
export interface Place {
  px: number;
  py: number;
}

/** Moving ideas from place to place. */
export interface Moves {
  /** Takes up ideas; false (and a reason for the person) where they cannot be moved. */
  pickUp: (ideas: readonly IdeaRow[], lead: number, held: boolean) => boolean;
  /** The pointer went by so many px since the ideas were taken up; `at` is where it is. */
  dragBy: (by: { dx: number; dy: number }, at: Place) => void;
  /** The pointer is there: ideas without a place go along. */
  dragTo: (at: Place) => void;
  /** Moves by a step along an axis. */
  step: (which: 'x' | 'y', by: number) => void;
  /** Puts them down and writes their values. */
  drop: () => void;
  cancel: () => void;
}

/** An idea with its values, for moving; values it lacks begin in the middle of what is in sight. */
function carried(matrix: Matrix, row: IdeaRow): Carried {
  const { plan, plotted, shown, view } = matrix;
  const point = plotted.byId.get(row.id);
  if (point) {
    const [x, y] = [point.x.value, point.y.value];
    return { row, x, y, from: { u: point.u, v: point.v, x, y } };
  }
  const half = 0.5 / view.zoom;
  const begin = (which: 'x' | 'y', share: number) => {
    const axis = plotted[which];
    const known = readingOf(shown(row, plan[which].ref), plan[which])?.value;
    if (known !== undefined && !(axis.span.log && known <= 0)) return known;
    return snap(axis, valueAt(share, axis.span));
  };
  return { row, x: begin('x', view.u + half), y: begin('y', view.v + half) };
}

/** Whether what an idea lacks is something that nobody can enter. */
function refusalOf(matrix: Matrix, ideas: readonly IdeaRow[]): string | undefined {
  const { x, y, missing } = matrix.plotted;
  const reason = lockText({ x, y });
  if (reason === undefined) return undefined;
  if (x.locked !== undefined && y.locked !== undefined) return reason;
  const ids = new Set(ideas.map((row) => row.id));
  const stuck = missing.some(
    (each) =>
      ids.has(each.row.id) && ((each.x && x.locked !== undefined) || (each.y && y.locked !== undefined)),
  );
  return stuck ? reason : undefined;
}

/** What is moved, in words. */
function whatOf(items: readonly Carried[]): string {
  const [only] = items;
  if (only && items.length === 1) return `“${String(only.row.values.title ?? '')}”`;
  return t('matrix.what', { n: items.length });
}

/** Moves ideas by pointer and keys, and writes what changes. */
export function useMoves(matrix: Matrix): Moves {
  const { session } = useProject();
  const latest = useLatest(matrix);
  return useMemo(() => {
    const { carry } = latest();
    const leadPlace = () => {
      const now = carry.get();
      const lead = now?.items.find((item) => item.row.id === now.lead) ?? now?.items[0];
      return lead ? placeText(lead, latest().words) : '';
    };
    const tell = (id: 'matrix.picked' | 'matrix.moving') => {
      const now = carry.get();
      if (now) latest().say(t(id, { what: whatOf(now.items), place: leadPlace() }));
    };
    const put = (items: readonly Carried[], at?: Place) => {
      const now = carry.get();
      if (now) carry.set({ ...now, items, ...(at ? { at } : {}) });
    };
    const cancel = () => {
      if (!carry.get()) return;
      carry.set(null);
      latest().say(t('matrix.cancelled'));
    };
    return {
      cancel,
      pickUp: (ideas, lead, held) => {
        const now = latest();
        const refusal = refusalOf(now, ideas);
        if (refusal !== undefined) {
          toast({ id: 'matrix.refused', title: t('matrix.refused', { reason: refusal }), tone: 'error' });
          return false;
        }
        carry.set({ items: ideas.map((row) => carried(now, row)), lead, held });
        if (!held) tell('matrix.picked');
        return true;
      },
      dragBy: ({ dx, dy }, at) => {
        const { plotted, view, size } = latest();
        const now = carry.get();
        if (!now) return;
        const by = { du: dx / size.width / view.zoom, dv: -dy / size.height / view.zoom };
        put(carryBy(now.items, by, plotted, view.zoom), at);
      },
      dragTo: (at) => {
        const { plotted, view, size } = latest();
        const now = carry.get();
        if (now) put(carryTo(now.items, toPlot(at, view, size), plotted, view.zoom), at);
      },
      step: (which, by) => {
        const { plotted } = latest();
        const now = carry.get();
        if (!now) return;
        const { locked } = plotted[which];
        if (locked !== undefined) {
          latest().say(locked);
          return;
        }
        put(carryStep(now.items, which, by, plotted));
        tell('matrix.moving');
      },
      drop: () => {
        const now = carry.get();
        const { plotted, shown, say, setFanned } = latest();
        if (!now) return;
        carry.set(null);
        const values = writesOf(now.items, plotted, shown);
        const what = whatOf(now.items);
        const lead = now.items.find((item) => item.row.id === now.lead) ?? now.items[0];
        if (!lead || values.length === 0) {
          say(t('matrix.unmoved', { what }));
          return;
        }
        const place = placeText(lead, latest().words);
        const title =
          now.items.length > 1
            ? t('matrix.movedMany', { n: new Set(values.map((value) => value.id)).size })
            : t(lead.from ? 'matrix.moved' : 'matrix.placed', { what, place });
        setFanned(undefined);
        void session.setValues(values).then((group) => {
          if (group === undefined) return;
          latest().say(title);
          toast({ title, ...afterwards(session, group) });
        });
      },
    };
  }, [session, latest]);
}
