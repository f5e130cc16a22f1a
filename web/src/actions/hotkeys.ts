import { bindKeys, isTyping, keepsKeys } from '@/lib/keys.ts';
import { type Registry, shortcutsOf } from './registry.ts';
import type { Action } from './types.ts';

/** Whether a key press in this place may run the command. */
export function mayRun(action: Action, target: EventTarget | null): boolean {
  return action.anywhere === true || (!isTyping(target) && !keepsKeys(target));
}

/** The command a shortcut stands for: of those that make sense here and now, the one that came last. */
export function actionFor(
  registry: Registry,
  shortcut: string,
  target: EventTarget | null,
): Action | undefined {
  return registry
    .available()
    .findLast((action) => shortcutsOf(action).includes(shortcut) && mayRun(action, target));
}

/** Makes the shortcuts of all commands work on the window; follows commands that come and go. Returns how to stop. */
export function bindHotkeys(registry: Registry): () => void {
  let unbind = () => {};
  let bound = '';
  const bind = () => {
    const shortcuts = [...new Set(registry.all().flatMap(shortcutsOf))];
    if (shortcuts.join('\n') === bound) return;
    bound = shortcuts.join('\n');
    unbind();
    unbind = bindKeys(
      Object.fromEntries(shortcuts.map((shortcut) => [shortcut, (event) => press(shortcut, event)])),
    );
  };
  const press = (shortcut: string, event: KeyboardEvent) => {
    if (event.defaultPrevented || event.isComposing) return;
    const action = actionFor(registry, shortcut, event.target);
    if (!action) return;
    event.preventDefault();
    registry.run(action.id);
  };
  bind();
  const unsubscribe = registry.subscribe(bind);
  return () => {
    unsubscribe();
    unbind();
  };
}
