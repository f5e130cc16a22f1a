import type { CellValue, Ref } from './types.ts';

/** One value somebody here has just set and the server has not confirmed. */
export interface PendingValue {
  id: number;
  ref: Ref;
  value: CellValue;
}

/** Edits on their way, each under the id of its group; what is shown is the confirmed value with these on top. */
export interface Overlay {
  /** Puts values on top until their group is dropped. */
  put: (group: string, values: readonly PendingValue[]) => void;
  /** Takes a group's values away; returns the ideas that they concerned. */
  drop: (group: string) => number[];
  /** The pending values of an idea, undefined when it has none; the same object until they change. */
  of: (id: number) => Readonly<Record<Ref, CellValue>> | undefined;
  /** How many groups are on their way. */
  size: () => number;
  subscribe: (changed: () => void) => () => void;
}

/** Makes an empty overlay. Of two edits of one value, the later is on top, whichever is confirmed first. */
export function createOverlay(): Overlay {
  const groups = new Map<string, readonly PendingValue[]>();
  const byIdea = new Map<number, Readonly<Record<Ref, CellValue>>>();
  const watchers = new Set<() => void>();
  const rebuild = (ids: Iterable<number>) => {
    const wanted = new Set(ids);
    const fresh = new Map<number, Record<Ref, CellValue>>();
    for (const values of groups.values()) {
      for (const { id, ref, value } of values) {
        if (!wanted.has(id)) continue;
        const own = fresh.get(id) ?? {};
        own[ref] = value;
        fresh.set(id, own);
      }
    }
    for (const id of wanted) {
      const own = fresh.get(id);
      if (own) byIdea.set(id, own);
      else byIdea.delete(id);
    }
    for (const changed of [...watchers]) changed();
  };
  return {
    put: (group, values) => {
      // Setting again under a known group moves it on top.
      groups.delete(group);
      groups.set(group, values);
      rebuild(values.map((value) => value.id));
    },
    drop: (group) => {
      const values = groups.get(group);
      if (!values) return [];
      groups.delete(group);
      const ids = [...new Set(values.map((value) => value.id))];
      rebuild(ids);
      return ids;
    },
    of: (id) => byIdea.get(id),
    size: () => groups.size,
    subscribe: (changed) => {
      watchers.add(changed);
      return () => watchers.delete(changed);
    },
  };
}
