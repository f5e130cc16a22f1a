import { useCallback, useEffect, useMemo, useRef } from 'react';
import { flushSync } from 'react-dom';
import { t } from '@/lib/i18n.ts';
import { useLatest } from '@/lib/latest.ts';
import type { Back } from '@/sync/history.ts';
import { useProject } from '@/sync/project.tsx';
import type { Query, ViewInput } from '@/sync/types.ts';
import { type Draft, nothing, oneStep, written } from './draft.ts';

/** The settings of a view that one step may change, each by itself, and how they are called. */
const names = {
  kind: 'view.kind',
  filter: 'view.filter',
  where: 'view.filter',
  archived: 'view.filter',
  group: 'view.group',
  sort: 'view.sort',
  rank: 'view.sort',
  rollups: 'view.totals',
  columns: 'view.fields',
  colors: 'view.colors',
  colorBy: 'view.colors',
  rowHeight: 'view.rowHeight',
  layout: 'view.layout',
} as const;

type Setting = keyof typeof names;
/** Some settings of a view; undefined is none. */
export type Settings = ReadonlyMap<Setting, unknown>;

const inView = (name: Setting): name is Exclude<Setting, keyof Query> => name in nothing;
const settingOf = (definition: ViewInput, name: Setting): unknown =>
  inView(name) ? definition[name] : definition.query[name];

/** What a change sets to something else, as it is without it. */
export function settingsBefore(definition: ViewInput, next: Partial<ViewInput>): Settings {
  const given = Object.entries(next).filter(([, value]) => value !== undefined);
  const after: ViewInput = { ...definition, ...Object.fromEntries(given) };
  const all = Object.keys(names) as Setting[];
  return new Map(
    all.flatMap((name) => {
      const was = settingOf(definition, name);
      return written(was) === written(settingOf(after, name)) ? [] : [[name, was] as const];
    }),
  );
}

/** The change that sets some settings and leaves the others as they are. */
export function changeTo(settings: Settings, { query }: ViewInput): Partial<ViewInput> {
  const entries = [...settings];
  const own = entries.flatMap(([name, value]) => (inView(name) ? [[name, value ?? nothing[name]]] : []));
  const asked = entries.filter(([name]) => !inView(name));
  return {
    ...Object.fromEntries(own),
    ...(asked.length > 0 && { query: { ...query, ...(Object.fromEntries(asked) as Partial<Query>) } }),
  };
}

/** What settings are called, each name once; another kind of view brings its own fields and layout. */
const wordsOf = (settings: Settings): string[] =>
  settings.has('kind') ? [t(names.kind)] : [...new Set([...settings.keys()].map((name) => t(names[name])))];

/**
 * The draft of a view, each change of which is a step for undo and redo for as long as the view is open. A step sets
 * back what it changed and nothing else; one that has been set back by other means is passed over. The search is none.
 */
export function useSteps(view: number, draft: Draft): Draft {
  const { undoStack } = useProject().session;
  const latest = useLatest(draft);
  const last = useRef({ at: 0, settings: '' });
  const owner = `view ${view}`;
  useEffect(() => () => undoStack.forget(owner), [undoStack, owner]);
  const did = useCallback(
    (next: Partial<ViewInput>) => {
      const backTo =
        (settings: Settings): Back =>
        () => {
          const { definition, change } = latest();
          const to = changeTo(settings, definition);
          const now = settingsBefore(definition, to);
          if (now.size === 0) return undefined;
          last.current = { at: 0, settings: '' };
          // A second press takes back what is before this.
          flushSync(() => change(to));
          return { what: wordsOf(now), back: backTo(now) };
        };
      const before = settingsBefore(latest().definition, next);
      if (before.size === 0) return;
      const settings = [...before.keys()].join();
      const at = Date.now();
      // What is dragged or typed, and so changes the same thing again at once, is one step.
      if (settings !== last.current.settings || at - last.current.at > oneStep)
        undoStack.did(owner, backTo(before));
      last.current = { at, settings };
    },
    [undoStack, owner, latest],
  );
  return useMemo(
    () => ({
      ...draft,
      change: (next) => {
        did(next);
        draft.change(next);
      },
      discard: () => {
        did({ ...nothing, ...latest().saved });
        draft.discard();
      },
    }),
    [draft, did, latest],
  );
}
