import { readStored, writeStored } from './storage.ts';
import { createStore, type Store, useStore } from './store.ts';

/** What a person chose: a theme, or to follow the system. */
export type Theme = 'system' | 'light' | 'dark';

// The script in the page's head reads the same key before the first paint (tools/theme-boot.js).
const key = 'cairn.theme';

function stored(): Theme {
  const value = readStored(key);
  return value === 'light' || value === 'dark' ? value : 'system';
}

const store: Store<Theme> = createStore<Theme>(stored());

/** The theme in use. */
export function currentTheme(): Theme {
  return store.get();
}

/** Applies a theme and remembers it in this browser. */
export function setTheme(theme: Theme): void {
  if (theme === 'system') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
  writeStored(key, theme === 'system' ? null : theme);
  store.set(theme);
}

/** The theme in use, followed. */
export function useTheme(): Theme {
  return useStore(store);
}
