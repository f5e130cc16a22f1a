import { useCallback, useMemo, useRef, useState } from 'react';
import { useSearchParams } from 'wouter';
import { searchKeys } from '@/lib/routes.ts';
import type { HistoryMode } from '@/lib/search-params.ts';
import { viewOfRank } from '@/sync/attrs.ts';
import type { ViewPatch } from '@/sync/calls.ts';
import type { Filter, GroupBy, Query, SortKey, View, ViewInput } from '@/sync/types.ts';
import { readLooks, writeLooks } from '@/sync/view-looks.ts';

/** Names of the query's parts in the address. */
const names = { ...searchKeys, archived: 'archived', where: 'where', rank: 'rank' } as const;
const listed = [names.filter, names.where, names.query, names.sort, names.group, names.archived, names.rank];

/** Changes that follow each other within this time, in ms, are one step back. */
export const oneStep = 1500;

/** What of a definition lies in the browser's session rather than in the address: how the result looks. */
type Looks = Pick<ViewInput, 'columns' | 'colors' | 'colorBy' | 'rowHeight' | 'kind' | 'layout'> &
  Pick<Query, 'rollups'>;

/** A view's definition without its id and version. */
export function definitionOf({ id: _id, version: _version, ...definition }: View): ViewInput {
  return definition;
}

function readJson<T>(text: string | null, fits: (value: unknown) => value is T): T | undefined {
  if (text === null) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return fits(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const areFilters = (value: unknown): boolean =>
  value === undefined || value === null || (Array.isArray(value) && value.every(isFilter));
const isFilter = (value: unknown): value is Filter =>
  isObject(value) &&
  areFilters(value.all) &&
  areFilters(value.any) &&
  (value.not === undefined || isFilter(value.not)) &&
  (value.field === undefined || typeof value.field === 'string') &&
  (value.op === undefined || typeof value.op === 'string');
const hasField = (value: unknown): value is { field: string } =>
  isObject(value) && typeof value.field === 'string';
const isSort = (value: unknown): value is SortKey[] => Array.isArray(value) && value.every(hasField);
const isGroup = (value: unknown): value is GroupBy[] =>
  Array.isArray(value) && value.length <= 2 && value.every(hasField);

/** The query that a saved one and the address make together. */
export function queryWith(saved: Query, params: URLSearchParams): Query {
  const filter = readJson(params.get(names.filter), isFilter);
  const sort = readJson(params.get(names.sort), isSort);
  const group = readJson(params.get(names.group), isGroup);
  const search = params.get(names.query);
  const archived = params.get(names.archived);
  const where = params.get(names.where);
  const rank = params.get(names.rank);
  return tidy({
    ...saved,
    ...(filter && { filter }),
    ...(sort && { sort }),
    ...(group && { group }),
    ...(search !== null && { search }),
    ...(where !== null && { where }),
    // The project's own order is "project" in the address.
    ...(rank !== null && { rank: viewOfRank(rank) === undefined ? '' : rank }),
    ...(archived !== null && { archived: archived === 'none' ? '' : archived }),
  });
}

/** A query without its empty parts, so that equal queries are written alike. */
export function tidy(query: Query): Query {
  const { filter, where, search, archived, sort, rank, group, rollups } = query;
  return {
    ...(filter && Object.keys(filter).length > 0 && { filter }),
    ...(where && { where }),
    ...(search && { search }),
    ...(archived && { archived }),
    ...(sort && sort.length > 0 && { sort }),
    ...(rank && { rank }),
    ...(group && group.length > 0 && { group }),
    ...(rollups && rollups.length > 0 && { rollups }),
  };
}

/** The address after a change of the query: it names what differs from the saved one. */
export function paramsWith(saved: Query, next: Query, params: URLSearchParams): URLSearchParams {
  const changed = new URLSearchParams(params);
  const put = (name: string, before: unknown, after: unknown, text: string) => {
    if (written(before) === written(after)) changed.delete(name);
    else changed.set(name, text);
  };
  const [was, is] = [tidy(saved), tidy(next)];
  put(names.filter, was.filter, is.filter, JSON.stringify(is.filter ?? {}));
  put(names.sort, was.sort, is.sort, JSON.stringify(is.sort ?? []));
  put(names.group, was.group, is.group, JSON.stringify(is.group ?? []));
  put(names.where, was.where, is.where, is.where ?? '');
  put(names.rank, was.rank, is.rank, is.rank ?? 'project');
  put(names.query, was.search, is.search, is.search ?? '');
  put(names.archived, was.archived, is.archived, is.archived ?? 'none');
  return changed;
}

/** A view with the changes that this person has made and not saved. */
export interface Draft {
  definition: ViewInput;
  /** The view as everybody sees it. */
  saved: ViewInput;
  /** What saving would save: everything but the search, which is only a look into the view. */
  savable: ViewInput;
  /** What would be saved differs from what is. */
  changed: boolean;
  change: (change: Partial<ViewInput>) => void;
  /** Goes back to what is saved; Back in the browser brings the query's changes back. */
  discard: () => void;
  /** Drops what is saved now: all of it, or what of it that view has. */
  settle: (saved?: View) => void;
}

/** Writes the members of an object in one order, whoever made it: the server has its own. */
const inOrder = (_name: string, value: unknown) =>
  isObject(value) ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))) : value;

const isEmpty = (part: unknown) =>
  part === '' || (typeof part === 'object' && part !== null && Object.keys(part).length === 0);

/** A part as it is compared: nothing, an empty text, list and object are one. */
export const written = (part: unknown) => JSON.stringify(isEmpty(part) ? null : (part ?? null), inOrder);

/** Parts of the looks that are as they are saved are dropped. */
export function differing(saved: ViewInput, looks: Partial<Looks>): Partial<Looks> {
  const before: Looks = { ...saved, rollups: saved.query.rollups };
  const entries = Object.entries(looks).filter(
    ([name, value]) => written(value) !== written(before[name as keyof Looks]),
  );
  return Object.fromEntries(entries);
}

const parts = ['kind', 'query', 'columns', 'colors', 'colorBy', 'rowHeight', 'layout'] as const;
/** The parts of a definition when they are empty. */
export const nothing = {
  kind: undefined,
  query: {},
  columns: [],
  colors: [],
  colorBy: {},
  rowHeight: '',
  layout: {},
};

/** What of a saved definition another one changes, part by part. */
export function changesOf(saved: ViewInput, next: ViewInput): ViewPatch {
  const read = (from: ViewInput, part: (typeof parts)[number]) =>
    part === 'query' ? tidy(from.query) : (from[part] ?? nothing[part]);
  const changed = parts.filter((part) => written(read(saved, part)) !== written(read(next, part)));
  return Object.fromEntries(changed.map((part) => [part, read(next, part)]));
}

/** A definition with the search that is saved instead of the one that somebody is at. */
export function withoutLook(definition: ViewInput, saved: ViewInput): ViewInput {
  return { ...definition, query: tidy({ ...definition.query, search: saved.query.search }) };
}

/** The definition of a view as this person sees it: what is saved, the address, and the session's changes on top. */
export function useDraft(view: View): Draft {
  const [params, setParams] = useSearchParams();
  const [stored, setStored] = useState<{ view: number; looks: Partial<Looks> }>(() => ({
    view: view.id,
    looks: readLooks(view.id),
  }));
  const looks = stored.view === view.id ? stored.looks : readLooks(view.id);
  const saved = useMemo(() => definitionOf(view), [view]);
  // Other parts of the address, such as the open idea, must not make another definition.
  const text = useMemo(() => {
    const own = new URLSearchParams();
    for (const name of listed) if (params.has(name)) own.set(name, params.get(name) ?? '');
    return own.toString();
  }, [params]);
  const definition = useMemo<ViewInput>(() => {
    const { rollups, ...rest } = differing(saved, looks);
    const query = queryWith(saved.query, new URLSearchParams(text));
    return { ...saved, ...rest, query: rollups === undefined ? query : tidy({ ...query, rollups }) };
  }, [saved, looks, text]);
  const savable = useMemo(() => withoutLook(definition, saved), [definition, saved]);
  const changed =
    Object.keys(differing(saved, looks)).length > 0 || written(savable.query) !== written(tidy(saved.query));

  const changedAt = useRef(0);
  const change = useCallback(
    ({ query, columns, colors, colorBy, rowHeight, kind, layout }: Partial<ViewInput>) => {
      const rollups = query && { rollups: query.rollups ?? [] };
      const own = { columns, colors, colorBy, rowHeight, kind, layout, ...rollups };
      const given = Object.fromEntries(Object.entries(own).filter(([, value]) => value !== undefined));
      setStored((last) => {
        const base = last.view === view.id ? last.looks : readLooks(view.id);
        const next = differing(saved, { ...base, ...given });
        writeLooks(view.id, next);
        return { view: view.id, looks: next };
      });
      if (!query) return;
      const searched = (query.search ?? '') !== (definition.query.search ?? '');
      const now = Date.now();
      // Each letter that is typed would be a step back otherwise.
      const replace = searched || now - changedAt.current < oneStep;
      changedAt.current = now;
      setParams((last) => paramsWith(saved.query, query, last), { replace });
    },
    [saved, view.id, definition.query.search, setParams],
  );
  const clear = useCallback(
    (mode: HistoryMode) => {
      writeLooks(view.id, {});
      setStored({ view: view.id, looks: {} });
      setParams(
        (last) => {
          const next = new URLSearchParams(last);
          for (const name of listed) if (name !== names.query) next.delete(name);
          return next;
        },
        { replace: mode === 'replace' },
      );
    },
    [view.id, setParams],
  );
  const discard = useCallback(() => clear('push'), [clear]);
  const settle = useCallback(
    (now?: View) => {
      if (!now) {
        clear('replace');
        return;
      }
      // What was changed while it was on its way stays.
      setStored((last) => {
        const next = differing(definitionOf(now), last.view === view.id ? last.looks : readLooks(view.id));
        writeLooks(view.id, next);
        return { view: view.id, looks: next };
      });
      setParams((last) => paramsWith(now.query, queryWith(saved.query, last), last), { replace: true });
    },
    [clear, view.id, saved, setParams],
  );
  return useMemo(
    () => ({ definition, saved, savable, changed, change, discard, settle }),
    [definition, saved, savable, changed, change, discard, settle],
  );
}
