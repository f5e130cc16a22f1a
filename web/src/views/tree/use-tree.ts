import { useCallback, useMemo, useState } from 'react';
import { t } from '@/lib/i18n.ts';
import { phoneQuery, useMediaQuery } from '@/lib/media.ts';
import { hasRole } from '@/sync/facts.ts';
import { useProjectLinks } from '@/sync/links.ts';
import { useProject } from '@/sync/project.tsx';
import type { ResultState, ResultWindow } from '@/sync/result.ts';
import type { FieldInfo, IdeaRow, IdeaType } from '@/sync/types.ts';
import type { ViewProps } from '../types.ts';
import { type CrossLink, crossLinks } from './cross-links.ts';
import { directionOf, layoutOf, shownRefs, type TreeLayout } from './definition.ts';
import { firstFolds, readFolds, writeFolds } from './folds.ts';
import { modelOf, type TreeModel, visibleNodes } from './model.ts';
import { type Drawing, draw, type Measure } from './tidy.ts';

/** Everything the parts of a tree share. */
export interface Tree {
  props: ViewProps;
  layout: TreeLayout;
  outline: boolean;
  model: TreeModel;
  /** The nodes that are not folded away, in their order. */
  seen: readonly number[];
  drawing: Drawing;
  fields: readonly FieldInfo[];
  /** The nodes that are tied together beside the tree, where the view draws that. */
  ties: readonly CrossLink[];
  row: (id: number) => IdeaRow | undefined;
  titleOf: (id: number) => string;
  keyOf: (id: number) => string;
  typeOf: (id: number) => IdeaType | undefined;
  folded: ReadonlySet<number>;
  setFolded: (next: ReadonlySet<number>) => void;
  toggle: (id: number) => void;
  active: number | undefined;
  setActive: (id: number | undefined) => void;
  selected: ReadonlySet<number>;
  setSelected: (ids: ReadonlySet<number>) => void;
  /** Selects an idea, or no longer. */
  choose: (id: number) => void;
  /** The idea that gets a child, whose title is being typed. */
  adding: number | undefined;
  setAdding: (id: number | undefined) => void;
  /** The ideas for which a parent is being picked. */
  placing: readonly number[] | undefined;
  setPlacing: (ids: readonly number[] | undefined) => void;
  said: string;
  say: (text: string) => void;
  mayEdit: boolean;
  mayAdd: boolean;
}

const most = 4;

/** The size of a card that shows so many fields. */
export function measureOf(fields: number): Measure {
  return { width: 224, height: 72 + Math.min(most, fields) * 20, gap: 10, levelGap: 44 };
}

/** The loaded ideas by their id; the state is another object after each change of one. */
function rowsOf(window: ResultWindow, _state: ResultState): ReadonlyMap<number, IdeaRow> {
  return new Map(window.loaded().map(({ row }) => [row.id, row]));
}

const untied: readonly CrossLink[] = [];

/** Links, and what the connection fields on the cards hold. */
function useTies(
  model: TreeModel,
  rows: ReadonlyMap<number, IdeaRow>,
  fields: readonly FieldInfo[],
  enabled: boolean,
): readonly CrossLink[] {
  const links = useProjectLinks(enabled);
  return useMemo(() => {
    if (!enabled) return untied;
    const held = fields.filter(({ type }) => type === 'connection');
    const connections = [...rows.values()].flatMap((row) =>
      held.map(({ ref }) => [row.id, row.values[ref] ?? null] as const),
    );
    return crossLinks(model, { links, connections });
  }, [enabled, model, rows, fields, links]);
}

/** Brings the parts of a tree together. */
export function useTree(props: ViewProps): Tree {
  const { definition, result } = props;
  const { project, field, types } = useProject();
  const phone = useMediaQuery(phoneQuery);
  const layout = layoutOf(definition);
  const outlined = phone || layout.outline === true;
  const model = useMemo(() => modelOf(result.state.tree), [result.state.tree]);
  const [own, setOwn] = useState(readFolds);
  const folded = useMemo(() => own ?? firstFolds(model), [own, model]);
  const [active, setActive] = useState<number>();
  const [selected, setSelected] = useState<ReadonlySet<number>>(new Set());
  const [adding, setAdding] = useState<number>();
  const [placing, setPlacing] = useState<readonly number[]>();
  const [said, setSaid] = useState('');
  const seen = useMemo(() => visibleNodes(model, folded), [model, folded]);
  const fields = useMemo(
    () =>
      shownRefs(definition)
        .flatMap((ref) => field(ref) ?? [])
        .slice(0, most),
    [definition, field],
  );
  const drawing = useMemo(
    () => draw(model, seen, measureOf(fields.length), directionOf(layout)),
    [model, seen, fields.length, layout],
  );
  const { window, state } = result;
  const rows = useMemo(() => rowsOf(window, state), [window, state]);
  const ties = useTies(model, rows, fields, layout.links === true && !outlined);
  const byType = useMemo(() => new Map(types.map((type) => [type.id, type])), [types]);
  const row = useCallback((id: number) => rows.get(id), [rows]);
  const titleOf = useCallback((id: number) => String(rows.get(id)?.values.title ?? t('tree.anIdea')), [rows]);
  const keyOf = useCallback(
    (id: number) => `${project.key}-${rows.get(id)?.number ?? ''}`,
    [rows, project.key],
  );
  const typeOf = useCallback(
    (id: number) => byType.get(Number(rows.get(id)?.values.type ?? 0)),
    [rows, byType],
  );
  const setFolded = useCallback((next: ReadonlySet<number>) => {
    writeFolds(next);
    setOwn(next);
  }, []);
  const toggle = useCallback(
    (id: number) => {
      const next = new Set(folded);
      if (!next.delete(id)) next.add(id);
      setFolded(next);
      setSaid(t(next.has(id) ? 'tree.did.folded' : 'tree.did.unfolded', { name: titleOf(id) }));
    },
    [folded, setFolded, titleOf],
  );
  const choose = useCallback(
    (id: number) =>
      setSelected((last) => {
        const chosen = new Set(last);
        if (!chosen.delete(id)) chosen.add(id);
        return chosen;
      }),
    [],
  );
  return {
    props,
    layout,
    outline: outlined,
    ties,
    model,
    seen,
    drawing,
    fields,
    row,
    titleOf,
    keyOf,
    typeOf,
    folded,
    setFolded,
    toggle,
    active,
    setActive,
    selected,
    setSelected,
    choose,
    adding,
    setAdding,
    placing,
    setPlacing,
    said,
    // The same words twice would not be read out again.
    say: useCallback((text: string) => setSaid((last) => (last === text ? `${text}\u00a0` : text)), []),
    mayEdit: hasRole(project.role, 'editor'),
    mayAdd: hasRole(project.role, 'contributor'),
  };
}
