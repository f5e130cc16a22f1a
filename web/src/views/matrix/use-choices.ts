import { useMemo, useRef, useState } from 'react';
import { t } from '@/lib/i18n.ts';
import { useLatest } from '@/lib/latest.ts';
import { useProject } from '@/sync/project.tsx';
import { fanLimit } from './fan.ts';
import { type Corner, inside } from './lasso.ts';
import { type Mark, markOfIdea } from './marks.ts';
import type { Matrix } from './use-matrix.ts';
import { fitting } from './viewport.ts';

/** Choosing ideas and looking at them. */
export interface Choices {
  /** The idea whose card is shown. */
  card: number | undefined;
  /** The pointer is on an idea, or (undefined) on none. */
  hover: (idea: number | undefined, mark: Mark | undefined) => void;
  /** The keyboard went to an idea: its card is shown at once. */
  look: (idea: number | undefined) => void;
  /** A click on a mark, on a dot, or (without ideas) on the background. */
  press: (mark: Mark | undefined, ideas: readonly number[], toggle: boolean) => void;
  /** Opens an idea, or what a pile consists of. */
  open: (mark: Mark) => void;
  toggle: (ideas: readonly number[]) => void;
  lasso: (line: readonly Corner[], add: boolean) => void;
  selectAll: () => void;
  /** Gives up one thing after the other: the list, the fan, the selection; false when there is nothing. */
  giveUp: () => boolean;
}

const cardAfter = 180;

/** Chooses ideas: by clicks, by keys, with the lasso. */
export function useChoices(matrix: Matrix): Choices {
  const { project } = useProject();
  const latest = useLatest({ matrix, key: project.key });
  const [card, setCard] = useState<number>();
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const stable = useMemo(() => {
    const select = (ids: ReadonlySet<number>) => {
      const { setSelected, say } = latest().matrix;
      setSelected(ids);
      say(t('matrix.selected', { n: ids.size }));
    };
    const show = (idea: number | undefined, after: number) => {
      clearTimeout(timer.current);
      if (after === 0) setCard(idea);
      else timer.current = setTimeout(() => setCard(idea), after);
    };
    const openIdea = (idea: number) => {
      const { matrix: model, key } = latest();
      const point = model.plotted.byId.get(idea);
      if (point) model.props.onOpen(`${key}-${point.row.number}`);
    };
    const open = (mark: Mark) => {
      const { matrix: model } = latest();
      const [first] = mark.points;
      if (!first) return;
      if (mark.points.length === 1) {
        openIdea(first.row.id);
        return;
      }
      if (mark.open) {
        model.setFanned(undefined);
        model.say(t('matrix.gathered'));
        return;
      }
      const apart = mark.points.some(
        ({ u, v }) => Math.abs(u - first.u) > 0.002 || Math.abs(v - first.v) > 0.002,
      );
      const few = mark.points.length <= fanLimit;
      const farthest = model.view.zoom >= 60;
      if (few && (!model.scene.dense || !apart || farthest)) {
        model.setFanned(first.row.id);
        model.setActive(first.row.id);
        model.say(t('matrix.fanned', { n: mark.points.length }));
      } else if (apart && !farthest) model.setView(() => fitting(mark.points));
      else model.setListed(mark.points.map(({ row }) => row.id));
    };
    const toggle = (ideas: readonly number[]) => {
      const { selected } = latest().matrix;
      const next = new Set(selected);
      const all = ideas.every((id) => next.has(id));
      for (const id of ideas) {
        if (all) next.delete(id);
        else next.add(id);
      }
      select(next);
    };
    const giveUp = () => {
      const { matrix: model } = latest();
      if (model.listed.length > 0) model.setListed([]);
      else if (model.fanned !== undefined) {
        model.setFanned(undefined);
        model.say(t('matrix.gathered'));
      } else if (model.selected.size > 0) select(new Set());
      else return false;
      return true;
    };
    return {
      hover: (idea: number | undefined, mark: Mark | undefined) => {
        const single = mark === undefined || mark.points.length === 1;
        show(single ? idea : undefined, idea === undefined ? 60 : cardAfter);
      },
      look: (idea: number | undefined) => show(idea, 0),
      press: (mark: Mark | undefined, ideas: readonly number[], toggling: boolean) => {
        const { matrix: model } = latest();
        const [first] = ideas;
        if (first === undefined) {
          if (!toggling) giveUp();
          return;
        }
        model.setActive(first);
        show(undefined, 0);
        if (toggling) toggle(ideas);
        else if (mark) open(mark);
        else openIdea(first);
      },
      open,
      toggle,
      lasso: (line: readonly Corner[], add: boolean) => {
        const { scene, selected, fanned } = latest().matrix;
        const petals = scene.marks.filter((mark) => mark.petal);
        const out = new Set(petals.flatMap((mark) => mark.points.map(({ row }) => row.id)));
        // Ideas of an open pile are where they are seen.
        const found = scene.spots
          .filter(({ point, px, py }) => !out.has(point.row.id) && inside(line, { px, py }))
          .map(({ point }) => point.row.id);
        const fannedOut = petals
          .filter((mark) => inside(line, mark))
          .flatMap((mark) => mark.points.map(({ row }) => row.id));
        void fanned;
        select(new Set([...(add ? selected : []), ...found, ...fannedOut]));
      },
      selectAll: () => {
        const { scene } = latest().matrix;
        select(new Set(scene.marks.flatMap((mark) => mark.points.map(({ row }) => row.id))));
      },
      giveUp,
    };
  }, [latest]);
  return { card, ...stable };
}

/** The mark where the keyboard is. */
export function activeMark({ scene, active }: Pick<Matrix, 'scene' | 'active'>): Mark | undefined {
  return active === undefined ? undefined : markOfIdea(scene.marks, active);
}
