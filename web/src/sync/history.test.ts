import { describe, expect, it } from 'vitest';
import { type Back, createUndoStack } from './history.ts';

describe('what can be taken back', () => {
  const take = (group: string) => Promise.resolve(`back of ${group}`);

  it('takes back what only this tab knows in the order it was done, and does it again', async () => {
    const stack = createUndoStack();
    let shown = 'second';
    const to =
      (text: string): Back =>
      () => {
        const last = shown;
        if (last === text) return undefined;
        shown = text;
        return { what: [text], back: to(last) };
      };
    stack.push('a');
    stack.did('view 1', to('first'));
    expect(stack.newest()).toBe('a');
    expect(await stack.undo(take)).toEqual({ what: ['first'] });
    expect(shown).toBe('first');
    expect(stack.state.get().undo).toEqual(['a']);
    expect(await stack.redo(take)).toEqual({ what: ['second'] });
    expect(shown).toBe('second');
    await stack.undo(take);
    await stack.undo(take);
    expect(shown).toBe('first');
    expect(stack.state.get().redo.at(-1)).toBe('back of a');
  });

  it('passes over what there is nothing left of to take back', async () => {
    const stack = createUndoStack();
    const gone: Back = () => undefined;
    stack.push('a');
    stack.did('view 1', gone);
    stack.did('view 1', gone);
    expect(await stack.undo(take)).toEqual({});
    expect(stack.state.get()).toEqual({ undo: [], redo: ['back of a'] });
    stack.did('view 1', gone);
    expect(await stack.undo(take)).toBeUndefined();
    expect(stack.state.get().undo).toEqual([]);
  });

  it('forgets what an owner did, and nothing else', async () => {
    const stack = createUndoStack();
    const never: Back = () => {
      throw new Error('it is not in sight');
    };
    stack.did('view 1', never);
    stack.push('a');
    stack.did('view 1', never);
    stack.forget('view 1');
    expect(stack.state.get()).toEqual({ undo: ['a'], redo: [] });
    expect(await stack.undo(take)).toEqual({});
    expect(await stack.undo(take)).toBeUndefined();
  });
});
