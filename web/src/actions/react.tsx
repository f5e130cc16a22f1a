import {
  createContext,
  type ReactNode,
  useContext,
  useLayoutEffect,
  useState,
  useSyncExternalStore,
} from 'react';
import { bindHotkeys } from './hotkeys.ts';
import { createRegistry, type Registry } from './registry.ts';
import type { Action, PaletteSource } from './types.ts';

const RegistryContext = createContext<Registry | null>(null);

/** Props of ActionsProvider. */
export interface ActionsProviderProps {
  /** Hears of commands that failed. */
  onError: (error: unknown, action: Action) => void;
  children: ReactNode;
}

/**
 * Holds the app's commands and makes their keys work; once, around the app. All that is added here counts from the
 * moment it is on the screen (layout effects): a key pressed right after a screen appears is not lost.
 */
export function ActionsProvider({ onError, children }: ActionsProviderProps) {
  const [registry] = useState(() => createRegistry(onError));
  useLayoutEffect(() => bindHotkeys(registry), [registry]);
  return <RegistryContext value={registry}>{children}</RegistryContext>;
}

/** The app's commands. */
export function useRegistry(): Registry {
  const registry = useContext(RegistryContext);
  if (!registry) throw new Error('useRegistry needs an ActionsProvider around it');
  return registry;
}

/** The list of commands that exist, followed. */
export function useAllActions(): readonly Action[] {
  const registry = useRegistry();
  return useSyncExternalStore(registry.subscribe, registry.all);
}

/** Adds commands while the caller is mounted. Keep the array the same between renders (module level or useMemo). */
export function useActions(actions: readonly Action[]): void {
  const registry = useRegistry();
  useLayoutEffect(() => registry.register(actions), [registry, actions]);
}

/** Adds a place for the palette to look while the caller is mounted. Keep the object the same between renders. */
export function usePaletteSource(source: PaletteSource): void {
  const registry = useRegistry();
  useLayoutEffect(() => registry.registerSource(source), [registry, source]);
}
