import { client, send } from '@/api/client.ts';
import { createStore, type Store } from '@/lib/store.ts';

/** What is known of an idea that a cell points at. */
export interface Mention {
  key?: string;
  title?: string;
  type?: number;
  archived?: boolean;
  /** The reader may not see it. */
  hidden?: boolean;
  /** It was deleted. */
  gone?: boolean;
}

/** Keys and titles of ideas that cells hold, by id. */
export interface Mentions {
  state: Store<ReadonlyMap<number, Mention>>;
  /** Takes in what an answer says of ideas. */
  add: (ideas: Readonly<Record<string, Mention>> | undefined) => void;
  /** Asks for those that are not known, together with others that are asked for at the same time. */
  want: (ids: readonly number[]) => void;
}

const most = 500;

/** Makes an empty store for a project. */
export function createMentions(project: string): Mentions {
  const state = createStore<ReadonlyMap<number, Mention>>(new Map());
  const asked = new Set<number>();
  let waiting: number[] = [];
  const add: Mentions['add'] = (ideas) => {
    const entries = Object.entries(ideas ?? {});
    if (entries.length === 0) return;
    state.set((last) => {
      const same = entries.every(
        ([id, idea]) => JSON.stringify(last.get(Number(id))) === JSON.stringify(idea),
      );
      return same ? last : new Map([...last, ...entries.map(([id, idea]) => [Number(id), idea] as const)]);
    });
  };
  const ask = async () => {
    const ids = waiting.slice(0, most);
    waiting = waiting.slice(most);
    if (waiting.length > 0) queueMicrotask(() => void ask());
    try {
      const { ideas } = await send(
        client.POST('/projects/{project}/mentions', { params: { path: { project } }, body: { ids } }),
      );
      add(ideas as Record<string, Mention>);
    } catch {
      // They are asked for again when they are shown again.
      for (const id of ids) asked.delete(id);
    }
  };
  return {
    state,
    add,
    want: (ids) => {
      const fresh = ids.filter((id) => !asked.has(id) && !state.get().has(id));
      if (fresh.length === 0) return;
      if (waiting.length === 0) queueMicrotask(() => void ask());
      for (const id of fresh) asked.add(id);
      waiting.push(...fresh);
    },
  };
}
