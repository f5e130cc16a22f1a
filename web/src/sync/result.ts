import { createStore, type Store } from '@/lib/store.ts';
import { holdsId } from './attrs.ts';
import type { Mention } from './mentions.ts';
import { patient } from './patience.ts';
import { changeRow, mergeRow, rowOf, type WireRow } from './rows.ts';
import type { Change, ChangeSet, Idea, IdeaRow, Ref, RollupValue, ViewGroup } from './types.ts';

/** An answer to a query: a window of its rows and what holds for all of them. */
export interface ResultAnswer {
  seq: number;
  total: number;
  /** Positions of the flattened order; more than total where an idea stands in several groups. */
  length: number;
  offset: number;
  columns: readonly Ref[];
  groups: readonly ViewGroup[];
  rollups: readonly RollupValue[];
  warnings: readonly string[];
  /** The formula columns that depend on ranges. */
  ranged?: readonly Ref[];
  rows: readonly WireRow[];
  /** Of a tree: without ids when the shape was known. */
  tree?: TreeShape;
  /** What cells show of ideas that they point at. */
  ideas?: Readonly<Record<string, Mention>>;
}

/** How the ideas of a tree stand, by position. */
export interface TreeShape {
  shape: string;
  ids?: readonly number[];
  depths?: readonly number[];
  /** Positions of ideas that the query does not find. */
  muted?: readonly number[];
  /** How many of the last positions belong nowhere. */
  orphans?: number;
}

/** What is known of a query's result. A new object after each change, also of rows. */
export interface ResultState {
  status: 'loading' | 'ready' | 'failed';
  error?: Error;
  seq: number;
  total: number;
  length: number;
  groups: readonly ViewGroup[];
  rollups: readonly RollupValue[];
  warnings: readonly string[];
  /** The formula columns that depend on ranges. */
  ranged?: readonly Ref[];
  /** The whole shape of a tree. */
  tree?: TreeShape;
}

/** Positions from the first to the last, both included. */
export interface Span {
  first: number;
  last: number;
}

/** A query's result, of which only the parts around what is visible are loaded. */
export interface ResultWindow {
  state: Store<ResultState>;
  /** The idea at a position, undefined while it is not loaded. Identical until it changes. */
  row: (position: number) => IdeaRow | undefined;
  /** The loaded positions, in order, with their ideas. */
  loaded: () => { position: number; row: IdeaRow }[];
  /** Says which positions are visible, in one part or several: loads them and their neighbourhood, gives up what is far. */
  show: (...visible: readonly Span[]) => void;
  /** Loads a range and waits for it: for copying what is not visible. */
  load: (first: number, last: number) => Promise<void>;
  /** Loads what is visible again, soon; several calls make one request. */
  refresh: () => void;
  /** Loads what is visible again and waits for it. */
  settled: () => Promise<void>;
  /** Takes in what others did. */
  apply: (set: ChangeSet) => void;
  /** Takes in the answer to an own edit. */
  applyIdea: (idea: Idea) => void;
  close: () => void;
}

/** Where the rows come from. */
export type FetchRange = (offset: number, limit: number, signal: AbortSignal) => Promise<ResultAnswer>;

/** Options of createResultWindow. */
export interface ResultOptions {
  fetch: FetchRange;
  pageSize?: number;
  /** An answer that is there already: from the first row. */
  first?: ResultAnswer;
  /** Loads every idea, page after page, whatever is visible; up to `wholeLimit`. */
  whole?: boolean;
  /** Time in ms that changes are collected before the answer is asked for again. */
  debounce?: number;
  /** Times in ms after which what could not be had for the moment is asked for again. */
  patience?: readonly number[];
  /** Whether a field's values follow from something else; none do unless told. */
  derived?: (ref: Ref) => boolean;
}

interface Page {
  rows: IdeaRow[];
  stale: boolean;
}

interface Flight {
  first: number;
  last: number;
  abort: AbortController;
  done: Promise<void>;
}

/** Pages that are kept, or so many for each that is visible. */
const maxPages = 40;
const keptPerVisible = 4;
/** Ideas that a whole result holds at most. */
export const wholeLimit = 100_000;
const empty: ResultState = {
  status: 'loading',
  seq: 0,
  total: 0,
  length: 0,
  groups: [],
  rollups: [],
  warnings: [],
};
/** Kinds whose changes no result shows. */
const unseen = new Set(['view', 'run', 'mapping', 'member', 'project', 'workspace']);

function aborted(error: unknown): boolean {
  return error instanceof DOMException && error.name === 'AbortError';
}

/** Whether a change may change what is shown of ideas, scores and counts included. */
export function concernsIdea({ kind }: Change): boolean {
  return !unseen.has(kind);
}

/** Whether what was written may do so. */
export function concernsIdeas(set: ChangeSet): boolean {
  return set.bulk !== undefined || set.changes.some(concernsIdea);
}

function changesByIdea(set: ChangeSet): Map<number, Change[]> {
  const byIdea = new Map<number, Change[]>();
  for (const change of set.changes) {
    if (change.kind !== 'idea') continue;
    const own = byIdea.get(change.id);
    if (own) own.push(change);
    else byIdea.set(change.id, [change]);
  }
  return byIdea;
}

/** A row with what the answer to an own edit says of its idea. */
function takeIdea(row: IdeaRow, idea: Idea, derived: (ref: Ref) => boolean): IdeaRow {
  if (row.version > idea.version) return row;
  const values = { ...row.values };
  for (const ref of Object.keys(values)) {
    if (ref === 'title') values[ref] = idea.title;
    else if (holdsId(ref)) values[ref] = idea[ref] ?? null;
    else if (derived(ref)) {
      // The answer to an edit leaves these out: what is shown stays until the next window has them.
      if (idea.computed) values[ref] = (idea.computed[ref] ?? null) as never;
    } else if (/^f\d/.test(ref)) values[ref] = (idea.values[ref] ?? null) as never;
  }
  return { ...row, values, archived: idea.archived, version: idea.version };
}

/** What an answer says of all ideas; the shape of a tree is told only when it changed. */
function stateOf(answer: ResultAnswer, status: ResultState['status'], known: ResultState): ResultState {
  const { seq, total, length, groups, rollups, warnings, ranged } = answer;
  const tree = answer.tree?.ids ? answer.tree : known.tree;
  return { status, seq, total, length, groups, rollups, warnings, ranged, ...(tree ? { tree } : {}) };
}

/** What is shown stays when more of it cannot be had. */
function failedWith(cause: unknown, known: ResultState): ResultState {
  const error = cause instanceof Error ? cause : new Error(String(cause));
  return { ...known, status: known.status === 'ready' ? 'ready' : 'failed', error };
}

/** Makes a result window; it asks for nothing until something is shown. */
export function createResultWindow(options: ResultOptions): ResultWindow {
  const { whole = false, derived = () => false } = options;
  const fetch = patient(options.fetch, options.patience);
  const { pageSize = whole ? 2000 : 200, debounce = whole ? 250 : 40 } = options;
  const state = createStore<ResultState>(empty);
  const pages = new Map<number, Page>();
  let flights: Flight[] = [];
  let visible: readonly Span[] = [{ first: 0, last: 0 }];
  let timer: ReturnType<typeof setTimeout> | undefined;
  let waiting: (() => void)[] = [];
  let closed = false;

  const pageOf = (position: number) => Math.floor(position / pageSize);
  const lastPage = () => Math.max(0, pageOf(Math.max(0, state.get().length - 1)));
  const touch = () => state.set((last) => ({ ...last }));
  const store = (answer: ResultAnswer) => {
    const first = pageOf(answer.offset);
    for (let at = 0; at < answer.rows.length || at === 0; at += pageSize) {
      const page = first + at / pageSize;
      const known = new Map((pages.get(page)?.rows ?? []).map((row) => [row.id, row]));
      const rows = answer.rows
        .slice(at, at + pageSize)
        .map((wire) => rowOf(wire, answer.columns))
        .map((row) => mergeRow(known.get(row.id), row));
      pages.set(page, { rows, stale: false });
    }
    const { seq, length } = answer;
    // A whole result is there when all of it is: parts of it would be shown on axes that fit only them.
    const there =
      !whole || state.get().status === 'ready' || pages.size * pageSize >= Math.min(length, wholeLimit);
    const status = there ? 'ready' : 'loading';
    if (seq >= state.get().seq) state.set(stateOf(answer, status, state.get()));
    else touch();
    for (const page of pages.keys()) if (page > lastPage()) pages.delete(page);
    evict();
  };
  const evict = () => {
    if (whole) return;
    const most = Math.max(maxPages, keptPerVisible * pagesOf(visible).length);
    if (pages.size <= most) return;
    const middles = visible.map(({ first, last }) => pageOf((first + last) / 2));
    const distance = (page: number) => Math.min(...middles.map((middle) => Math.abs(page - middle)));
    const far = [...pages.keys()].sort((a, b) => distance(b) - distance(a));
    while (pages.size > most) pages.delete(far.shift() ?? 0);
  };

  const fly = (first: number, last: number): Flight => {
    const abort = new AbortController();
    const run = async () => {
      try {
        store(await fetch(first * pageSize, (last - first + 1) * pageSize, abort.signal));
      } catch (error) {
        if (aborted(error) || closed) return;
        state.set((known) => failedWith(error, known));
      } finally {
        flights = flights.filter((other) => other !== flight);
      }
    };
    const flight: Flight = { first, last, abort, done: Promise.resolve() };
    flights.push(flight);
    return Object.assign(flight, { done: run() });
  };
  const missing = (page: number) =>
    (pages.get(page)?.stale ?? true) &&
    !flights.some((flight) => flight.first <= page && page <= flight.last && !flight.abort.signal.aborted);

  /** Asks for the runs of those pages that are not at hand or no longer hold; the pages are in order. */
  const want = (wanted: readonly number[]): Promise<void>[] => {
    const runs: { from: number; to: number }[] = [];
    for (const page of wanted) {
      if (!missing(page)) continue;
      const run = runs.at(-1);
      if (run?.to === page - 1) run.to = page;
      else runs.push({ from: page, to: page });
    }
    return runs.map(({ from, to }) => fly(from, to).done);
  };
  /** The pages that hold any of the positions, in order. */
  const pagesOf = (spans: readonly Span[]): number[] => {
    const found = new Set<number>();
    for (const { first, last } of spans) {
      const end = state.get().status === 'ready' ? lastPage() : pageOf(Math.max(0, last));
      const to = Math.min(pageOf(Math.max(0, last)), end);
      for (let page = Math.min(pageOf(Math.max(0, first)), end); page <= to; page += 1) found.add(page);
    }
    return [...found].sort((a, b) => a - b);
  };
  /** What is visible and what would be after a little scrolling: a page around one part, less around each of several. */
  const around = (): Span[] => {
    const margin = Math.ceil(pageSize / visible.length);
    return visible.map(({ first, last }) => ({ first: first - margin, last: last + margin }));
  };
  let filling: Promise<void> | undefined;
  /** Loads what is missing of a whole result, one page at a time, so that other requests and frames have room. */
  const fill = (): Promise<void> => {
    const run = async () => {
      for (let page = 0; page <= Math.min(lastPage(), wholeLimit / pageSize - 1); page += 1) {
        await Promise.all(flights.map((flight) => flight.done));
        if (missing(page)) await fly(page, page).done;
        // A page that failed says so by itself; the others would fail as well.
        if (closed || (pages.get(page)?.stale ?? true)) return;
      }
    };
    filling ??= run().finally(() => {
      filling = undefined;
    });
    return filling;
  };
  const settle = () => {
    if (closed) return;
    if (whole) return void fill();
    const near = pagesOf(around());
    for (const flight of flights)
      if (!near.some((page) => flight.first <= page && page <= flight.last)) flight.abort.abort();
    // What is visible comes first and alone; the neighbourhood follows when it is there.
    const now = want(pagesOf(visible));
    if (state.get().status === 'ready' && now.length === 0) want(near);
    else
      void Promise.all(now).then(() => state.get().status === 'ready' && !closed && want(pagesOf(around())));
  };
  const again = () => {
    timer = undefined;
    if (filling || flights.some((flight) => !flight.abort.signal.aborted)) {
      // One at a time: what is under way may have been asked for before the change.
      timer = setTimeout(again, debounce);
      return;
    }
    for (const page of pages.values()) page.stale = true;
    const done = whole ? fill() : Promise.all(want(pagesOf(visible)));
    const heard = waiting;
    waiting = [];
    void done.then(() => {
      for (const tell of heard) tell();
    });
  };
  const refresh = () => {
    if (!closed) timer ??= setTimeout(again, debounce);
  };
  const update = (change: (row: IdeaRow) => IdeaRow): void => {
    let changed = false;
    for (const page of pages.values()) {
      page.rows = page.rows.map((row) => {
        const next = change(row);
        changed ||= next !== row;
        return next;
      });
    }
    if (changed) touch();
  };
  if (options.first) store(options.first);
  return {
    state,
    row: (position) => pages.get(pageOf(position))?.rows[position % pageSize],
    loaded: () =>
      [...pages]
        .sort(([a], [b]) => a - b)
        .flatMap(([page, { rows }]) => rows.map((row, at) => ({ position: page * pageSize + at, row }))),
    show: (...spans) => {
      visible = spans.length > 0 ? spans : [{ first: 0, last: 0 }];
      settle();
    },
    load: async (first, last) => {
      await Promise.all(want(pagesOf([{ first, last }])));
      await Promise.all(flights.map((flight) => flight.done));
    },
    refresh,
    settled: () =>
      new Promise((resolve) => {
        if (closed) return resolve();
        waiting.push(resolve);
        refresh();
      }),
    apply: (set) => {
      if (!concernsIdeas(set)) return;
      const byIdea = changesByIdea(set);
      update((row) => {
        const own = byIdea.get(row.id);
        return own ? changeRow(row, own, set.seq) : row;
      });
      refresh();
    },
    applyIdea: (idea) => {
      update((row) => (row.id === idea.id ? takeIdea(row, idea, derived) : row));
      refresh();
    },
    close: () => {
      closed = true;
      clearTimeout(timer);
      for (const flight of flights) flight.abort.abort();
      for (const tell of waiting) tell();
    },
  };
}
