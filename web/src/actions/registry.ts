import { t } from '@/lib/i18n.ts';
import type { Action, PaletteSource } from './types.ts';

/** All commands that exist now. */
export interface Registry {
  /** Adds commands until the returned function is called. A second command with a known id is a mistake and throws. */
  register: (actions: readonly Action[]) => () => void;
  /** Adds a place where the palette looks, until the returned function is called. */
  registerSource: (source: PaletteSource) => () => void;
  /** Every command, in the order they came. */
  all: () => readonly Action[];
  /** The commands that make sense now. */
  available: () => Action[];
  sources: () => readonly PaletteSource[];
  /** Runs a command if it exists and makes sense now; says whether it did. */
  run: (id: string) => boolean;
  /** Calls back when commands or sources come or go. */
  subscribe: (changed: () => void) => () => void;
}

/** Makes an empty registry. `onError` hears of commands that failed. */
export function createRegistry(onError: (error: unknown, action: Action) => void): Registry {
  const watchers = new Set<() => void>();
  let actions: readonly Action[] = [];
  let sources: readonly PaletteSource[] = [];
  const tell = () => {
    for (const changed of [...watchers]) changed();
  };
  const makesSense = (action: Action) => action.when?.() ?? true;

  return {
    register: (added) => {
      for (const action of added) {
        if (actions.some((known) => known.id === action.id))
          throw new Error(`two commands have the id "${action.id}"`);
      }
      actions = [...actions, ...added];
      tell();
      return () => {
        actions = actions.filter((action) => !added.includes(action));
        tell();
      };
    },
    registerSource: (source) => {
      sources = [...sources, source];
      tell();
      return () => {
        sources = sources.filter((other) => other !== source);
        tell();
      };
    },
    all: () => actions,
    available: () => actions.filter(makesSense),
    sources: () => sources,
    run: (id) => {
      const action = actions.find((known) => known.id === id);
      if (!action || !makesSense(action)) return false;
      // A command may fail at once or later; both are told the same way.
      void (async () => action.run())().catch((error: unknown) => onError(error, action));
      return true;
    },
    subscribe: (changed) => {
      watchers.add(changed);
      return () => watchers.delete(changed);
    },
  };
}

/** The title of a command as it is now. */
export function titleOf(action: Action): string {
  return typeof action.title === 'function' ? action.title() : t(action.title);
}

/** The keys of a command, the one to show first. */
export function shortcutsOf(action: Action): readonly string[] {
  if (action.shortcut === undefined) return [];
  return typeof action.shortcut === 'string' ? [action.shortcut] : action.shortcut;
}

/** A command as an entry of a menu (the shape that ui/Menu takes). */
export interface ActionMenuItem {
  id: string;
  label: string;
  icon?: Action['icon'];
  shortcut?: string;
  danger?: boolean;
  onSelect: () => void;
}

/** The commands with these ids that make sense now, as entries of a menu, in the order of the ids. */
export function menuItems(registry: Registry, ids: readonly string[]): ActionMenuItem[] {
  const available = registry.available();
  return ids.flatMap((id) => {
    const action = available.find((known) => known.id === id);
    if (!action) return [];
    return {
      id,
      label: titleOf(action),
      icon: action.icon,
      shortcut: shortcutsOf(action)[0],
      danger: action.danger,
      onSelect: () => registry.run(id),
    };
  });
}
