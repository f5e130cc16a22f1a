import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { createStore, type Store } from '@/lib/store.ts';
import { useProject } from '@/sync/project.tsx';
import type { ResultState, ResultWindow } from '@/sync/result.ts';
import type { IdeaRow } from '@/sync/types.ts';
import { shownValue } from '../shared/groups.ts';
import type { ViewProps } from '../types.ts';
import type { Carried } from './carry.ts';
import { tintOf } from './color.ts';
import { type MatrixPlan, planOf } from './definition.ts';
import { type Scene, sceneMaker } from './marks.ts';
import { type Plotted, plot, type ValueOf } from './points.ts';
import { type Dividers, dividersOf } from './quadrants.ts';
import { type Viewport, wholePlot } from './viewport.ts';
import { markNamer, type WordsContext } from './words.ts';

/** A plan of which both axes are known. */
export type FullPlan = MatrixPlan & Required<Pick<MatrixPlan, 'x' | 'y'>>;

/** The size of the plot in px. */
export interface Size {
  width: number;
  height: number;
}

/** What a drag on the background does. */
export type Tool = 'lasso' | 'pan';

/** Ideas on their way to another place. */
export interface Carry {
  /** Where the ideas are now. */
  items: readonly Carried[];
  /** The one that was taken hold of. */
  lead: number;
  /** Moved by a pointer that is down; else by keys, or by pointing and clicking. */
  held: boolean;
  /** Where the pointer is on the plot, while it is known. */
  at?: { px: number; py: number };
}

/** Everything the parts of a matrix share. */
export interface Matrix {
  props: ViewProps;
  plan: FullPlan;
  plotted: Plotted;
  shown: ValueOf;
  words: WordsContext;
  dividers?: Dividers;
  nameOf: ReturnType<typeof markNamer>;
  scene: Scene;
  size: Size;
  setSize: (size: Size) => void;
  view: Viewport;
  setView: (next: (last: Viewport) => Viewport) => void;
  /** The picture is being zoomed or moved right now. */
  moving: boolean;
  tool: Tool;
  setTool: (tool: Tool) => void;
  /** The idea where the keyboard is. */
  active: number | undefined;
  setActive: (idea: number | undefined) => void;
  /** An idea of the pile that is fanned out. */
  fanned: number | undefined;
  setFanned: (idea: number | undefined) => void;
  /** The ideas of a pile that is shown as a list. */
  listed: readonly number[];
  setListed: (ideas: readonly number[]) => void;
  selected: ReadonlySet<number>;
  setSelected: (ideas: ReadonlySet<number>) => void;
  carry: Store<Carry | null>;
  /** What the live region says. */
  said: string;
  say: (text: string) => void;
}

const noIdeas: readonly number[] = [];

/** The rows of a window as of a state: they change with it. */
function rowsOf(window: ResultWindow, _state: ResultState): IdeaRow[] {
  return window.loaded().map((each) => each.row);
}

/** Reads values as they are shown; another function after each change of what was just set here. */
function useShown(): ValueOf {
  const { overlay } = useProject().session;
  const make = useCallback((): ValueOf => (row, ref) => shownValue(row, ref, overlay.of(row.id)), [overlay]);
  const [shown, setShown] = useState(make);
  useEffect(() => overlay.subscribe(() => setShown(make)), [overlay, make]);
  return shown;
}

/** The plan of a definition; undefined axes where the project has no fields for them. */
export function usePlan({ definition }: Pick<ViewProps, 'definition'>): MatrixPlan {
  const { allFields } = useProject();
  return useMemo(() => planOf(definition, allFields), [definition, allFields]);
}

const restsAfter = 140;

/** The part that is in sight, and whether it is changing. */
function useViewport(): Pick<Matrix, 'view' | 'setView' | 'moving'> {
  const [view, setPart] = useState<Viewport>(wholePlot);
  const [moving, setMoving] = useState(false);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const setView = useCallback((next: (last: Viewport) => Viewport) => {
    setPart(next);
    setMoving(true);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => setMoving(false), restsAfter);
  }, []);
  useEffect(() => () => clearTimeout(timer.current), []);
  return { view, setView, moving };
}

/** The state of a matrix and what is drawn of it. */
export function useMatrix(props: ViewProps, plan: FullPlan): Matrix {
  const { result } = props;
  const { project, person } = useProject();
  const [size, setSize] = useState<Size>({ width: 0, height: 0 });
  const { view, setView, moving } = useViewport();
  const [scenes] = useState(sceneMaker);
  const [tool, setTool] = useState<Tool>(() => (matchMedia('(pointer: coarse)').matches ? 'pan' : 'lasso'));
  const [active, setActive] = useState<number>();
  const [fanned, setFanned] = useState<number>();
  const [listed, setListed] = useState<readonly number[]>(noIdeas);
  const [selected, setSelected] = useState<ReadonlySet<number>>(new Set());
  const [carry] = useState(() => createStore<Carry | null>(null));
  const [said, say] = useState('');
  const shown = useShown();
  const { window, state } = result;
  const { role } = project;
  const rows = useMemo(() => rowsOf(window, state), [window, state]);
  const plotted = useMemo(() => {
    const colored = plan.color;
    const colorOf = (row: IdeaRow) =>
      colored ? tintOf(colored, shown(row, colored.ref), person)?.color : row.color;
    return plot(rows, { plan, role, shown, colorOf });
  }, [rows, plan, role, shown, person]);
  const { quadrants } = plan.layout;
  const dividers = useMemo(
    () => (quadrants?.off ? undefined : dividersOf(quadrants, plotted.x, plotted.y)),
    [quadrants, plotted.x, plotted.y],
  );
  const words = useMemo<WordsContext>(
    () => ({ x: plotted.x, y: plotted.y, quadrants, ...(dividers ? { dividers } : {}) }),
    [plotted.x, plotted.y, quadrants, dividers],
  );
  const nameOf = useMemo(() => markNamer(words), [words]);
  const sized = plan.size !== undefined;
  const scene = useMemo(
    () =>
      scenes.next(plotted.points, { view, size, sized, moving, ...(fanned === undefined ? {} : { fanned }) }),
    [scenes, plotted.points, view, size, sized, moving, fanned],
  );
  return {
    props,
    plan,
    plotted,
    shown,
    words,
    ...(dividers ? { dividers } : {}),
    nameOf,
    scene,
    size,
    setSize,
    view,
    setView,
    moving,
    tool,
    setTool,
    active,
    setActive,
    fanned,
    setFanned,
    listed,
    setListed,
    selected,
    setSelected,
    carry,
    said,
    say,
  };
}
