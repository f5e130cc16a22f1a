import { createStore, type Store } from '@/lib/store.ts';

/** What can be undone and redone in this tab: groups of changes, the newest last. */
export interface UndoState {
  undo: readonly string[];
  redo: readonly string[];
}

/** Takes a step back that only this tab knows; undefined when there is nothing of it left to take back. */
export type Back = () => { what: readonly string[]; back: Back } | undefined;

/** What was taken back or done again: of steps that only this tab knows, in words. */
export interface Taken {
  what?: readonly string[];
}

/** The stack of one project in this tab. */
export interface UndoStack {
  state: Store<UndoState>;
  /** A new edit was made; what was undone before cannot be redone any more. */
  push: (group: string) => void;
  /** Something was changed that only this tab knows, such as the draft of a view; `owner` says what of. */
  did: (owner: string, back: Back) => void;
  /** What an owner did is not taken back any more: one does not see it. */
  forget: (owner: string) => void;
  /** The newest edit that the server knows. */
  newest: () => string | undefined;
  /** Takes the newest edit back with `take`, which returns the group of the undoing. Undefined when there is none. */
  undo: (take: (group: string) => Promise<string>) => Promise<Taken | undefined>;
  redo: (take: (group: string) => Promise<string>) => Promise<Taken | undefined>;
}

const depth = 100;

/** Makes an empty stack. */
export function createUndoStack(): UndoStack {
  const state = createStore<UndoState>({ undo: [], redo: [] });
  const own = new Map<string, { owner: string; back: Back }>();
  let steps = 0;
  const note = (owner: string, back: Back): string => {
    steps += 1;
    const step = `own ${steps}`;
    own.set(step, { owner, back });
    return step;
  };
  const push = (group: string) =>
    state.set((last) => ({ undo: [...last.undo, group].slice(-depth), redo: [] }));
  const move = async (
    from: 'undo' | 'redo',
    take: (group: string) => Promise<string>,
  ): Promise<Taken | undefined> => {
    const group = state.get()[from].at(-1);
    if (group === undefined) return undefined;
    // Taken off first, so that a second press takes back the edit before it and not the same one again.
    state.set((last) => ({ ...last, [from]: last[from].slice(0, -1) }));
    const known = own.get(group);
    own.delete(group);
    const done = known?.back();
    if (known && !done) return move(from, take);
    const back = known && done ? note(known.owner, done.back) : await take(group);
    const to = from === 'undo' ? 'redo' : 'undo';
    state.set((last) => ({ ...last, [to]: [...last[to], back].slice(-depth) }));
    return { what: done?.what };
  };
  return {
    state,
    push,
    did: (owner, back) => push(note(owner, back)),
    forget: (owner) => {
      for (const [step, known] of own) if (known.owner === owner) own.delete(step);
      const kept = (group: string) => !group.startsWith('own ') || own.has(group);
      state.set(({ undo, redo }) => ({ undo: undo.filter(kept), redo: redo.filter(kept) }));
    },
    newest: () => state.get().undo.findLast((group) => !own.has(group)),
    undo: (take) => move('undo', take),
    redo: (take) => move('redo', take),
  };
}
