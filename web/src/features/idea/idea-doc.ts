import { client, send } from '@/api/client.ts';
import { ApiError } from '@/api/error.ts';
import { createStore, type Store } from '@/lib/store.ts';
import { holdsId } from '@/sync/attrs.ts';
import type { ProjectSession } from '@/sync/project-session.ts';
import { concernsIdeas, type ResultState, type ResultWindow } from '@/sync/result.ts';
import type { Change, ChangeSet, Idea, Ref } from '@/sync/types.ts';

/** Somebody else's change of a value, for as long as it is worth saying. */
export interface Touch {
  by: number | undefined;
  /** The change set, so that a second change is told apart from the first. */
  seq: number;
}

/** What is known of the open idea. */
export interface IdeaState {
  status: 'loading' | 'ready' | 'failed' | 'gone';
  idea?: Idea;
  error?: Error;
  /** Values that somebody else has just changed. */
  touched: Readonly<Record<Ref, Touch>>;
}

/** One idea, loaded and kept in step with what everybody does. */
export interface IdeaDoc {
  state: Store<IdeaState>;
  reload: () => void;
  /** The idea as an answer to an own call gave it. */
  take: (idea: Idea) => void;
  /** Loads it and follows it; returns how to stop. */
  start: () => () => void;
}

/** How long a change by somebody else stays marked, in ms. */
export const touchFor = 6000;
const settleAfter = 120;

const plainAttrs = new Set(['title', 'description', 'archived', 'updatedAt', 'updatedBy', 'rank']);

/** An idea after changes that were written as version `seq`; the same object when it is newer already. */
export function changeIdea(idea: Idea, changes: readonly Change[], seq: number): Idea {
  if (seq <= idea.version) return idea;
  const next: Idea = { ...idea, values: { ...idea.values }, version: seq };
  for (const { attr, new: value } of changes) {
    if (!attr) continue;
    if (holdsId(attr)) {
      next[attr] = (value as number | null) ?? undefined;
    } else if (plainAttrs.has(attr)) {
      Object.assign(next, { [attr]: value ?? (attr === 'archived' ? false : '') });
    } else if (/^f\d+$/.test(attr)) {
      if (value === undefined || value === null) delete next.values[attr];
      else next.values[attr] = value;
    }
  }
  return next;
}

/** The attributes that changes touch, without those that every write touches. */
export function touchedAttrs(changes: readonly Change[]): Ref[] {
  return changes.flatMap(({ attr }) =>
    attr && attr !== 'updatedAt' && attr !== 'updatedBy' && attr !== 'rank' ? attr : [],
  );
}

/** A result window only in that it hears of changes; the session tells all of them alike. */
function follower(hear: Pick<ResultWindow, 'apply' | 'applyIdea' | 'refresh'>): ResultWindow {
  const state = createStore<ResultState>({
    status: 'ready',
    seq: 0,
    total: 0,
    length: 0,
    groups: [],
    rollups: [],
    warnings: [],
  });
  return {
    state,
    row: () => undefined,
    loaded: () => [],
    show: () => {},
    load: async () => {},
    settled: async () => {},
    close: () => {},
    ...hear,
  };
}

/** The idea with that key in its project; nothing is asked for until it is started. `me` is the reader, whose own changes are not marked; `at` an earlier moment. */
export function openIdea(session: ProjectSession, key: string, me: number, at?: string): IdeaDoc {
  const state = createStore<IdeaState>({ status: 'loading', touched: {} });
  let closed = true;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const fading = new Set<ReturnType<typeof setTimeout>>();

  const take = (idea: Idea) =>
    state.set((last) => {
      const known = last.idea;
      if (known && known.version > idea.version) return last;
      // The answer to a change leaves the computed values out: those known stay until they are loaded again.
      const computed = idea.computed ?? known?.computed ?? {};
      return { status: 'ready', idea: { ...idea, computed }, touched: last.touched };
    });
  const load = async () => {
    try {
      const idea = await send(
        client.GET('/ideas/{idea}', { params: { path: { idea: key }, query: at ? { at } : {} } }),
      );
      if (!closed) take(idea);
    } catch (cause) {
      if (closed) return;
      const error = cause instanceof Error ? cause : new Error(String(cause));
      const gone = error instanceof ApiError && error.code === 'not_found';
      // What is shown stays in sight while the connection is away.
      state.set((last) =>
        last.idea && !gone ? last : { status: gone ? 'gone' : 'failed', error, touched: {} },
      );
    }
  };
  const soon = () => {
    clearTimeout(timer);
    timer = setTimeout(() => void load(), settleAfter);
  };
  const mark = (refs: readonly Ref[], touch: Touch) => {
    state.set((last) => ({
      ...last,
      touched: { ...last.touched, ...Object.fromEntries(refs.map((ref) => [ref, touch])) },
    }));
    const fade = setTimeout(() => {
      fading.delete(fade);
      state.set((last) => ({
        ...last,
        touched: Object.fromEntries(Object.entries(last.touched).filter(([, { seq }]) => seq !== touch.seq)),
      }));
    }, touchFor);
    fading.add(fade);
  };
  // Who writes over somebody else's value makes it their own.
  const unmark = (refs: readonly Ref[], seq: number) =>
    state.set((last) => ({
      ...last,
      touched: Object.fromEntries(
        Object.entries(last.touched).filter(([ref, touch]) => touch.seq > seq || !refs.includes(ref)),
      ),
    }));
  const apply = (set: ChangeSet) => {
    const idea = state.get().idea;
    if (set.bulk !== undefined || !idea) {
      soon();
      return;
    }
    const own = set.changes.filter((change) => change.kind === 'idea' && change.id === idea.id);
    if (own.some((change) => !change.attr && change.new === undefined)) {
      state.set({ status: 'gone', touched: {} });
      return;
    }
    if (own.length > 0) {
      const others = set.actor !== me && set.seq > idea.version;
      state.set((last) => ({ ...last, idea: changeIdea(idea, own, set.seq) }));
      if (set.actor === me) unmark(touchedAttrs(own), set.seq);
      if (others) mark(touchedAttrs(own), { by: set.actor, seq: set.seq });
    }
    // A score may depend on every idea of the project; an idea that comes back is loaded again.
    if (concernsIdeas(set)) soon();
  };
  const window = follower({
    apply,
    applyIdea: (idea) => {
      if (idea.id === state.get().idea?.id) take(idea);
    },
    refresh: soon,
  });
  return {
    state,
    reload: () => void load(),
    take,
    start: () => {
      closed = false;
      // What was does not change with what others do now.
      if (at === undefined) session.windows.add(window);
      void load();
      return () => {
        closed = true;
        clearTimeout(timer);
        for (const fade of fading) clearTimeout(fade);
        session.windows.delete(window);
      };
    },
  };
}
