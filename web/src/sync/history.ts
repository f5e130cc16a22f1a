import { createStore, type Store } from '@/lib/store.ts';

/** What can be undone and redone in this tab: groups of changes, the newest last. */
export interface UndoState {
  undo: readonly string[];
  redo: readonly string[];
}

/** The stack of one project in this tab. */
export interface UndoStack {
  state: Store<UndoState>;
  /** A new edit was made; what was undone before cannot be redone any more. */
  push: (group: string) => void;
  /** Takes the newest edit back with `take`, which returns the group of the undoing. False when there is none. */
  undo: (take: (group: string) => Promise<string>) => Promise<boolean>;
  redo: (take: (group: string) => Promise<string>) => Promise<boolean>;
}

const depth = 100;

/** Makes an empty stack. */
export function createUndoStack(): UndoStack {
  const state = createStore<UndoState>({ undo: [], redo: [] });
  const move = async (from: 'undo' | 'redo', take: (group: string) => Promise<string>) => {
    const group = state.get()[from].at(-1);
    if (group === undefined) return false;
    // Taken off first, so that a second press takes back the edit before it and not the same one again.
    state.set((last) => ({ ...last, [from]: last[from].slice(0, -1) }));
    const back = await take(group);
    const to = from === 'undo' ? 'redo' : 'undo';
    state.set((last) => ({ ...last, [to]: [...last[to], back].slice(-depth) }));
    return true;
  };
  return {
    state,
    push: (group) => state.set((last) => ({ undo: [...last.undo, group].slice(-depth), redo: [] })),
    undo: (take) => move('undo', take),
    redo: (take) => move('redo', take),
  };
}
