import { type Registry, shortcutsOf, titleOf } from '@/actions/registry.ts';
import { noteRecent, recentActions, searchActions } from '@/actions/search.ts';
import type { Action, PaletteResult, PaletteSource } from '@/actions/types.ts';
import { t } from '@/lib/i18n.ts';

/** One line of the palette. */
export interface PaletteItem extends PaletteResult {
  /** Unique in the whole list. */
  key: string;
  shortcut?: string;
}

/** Lines under a heading. */
export interface PaletteGroup {
  id: string;
  title: string;
  items: PaletteItem[];
}

function itemOf(action: Action, registry: Registry, group: string): PaletteItem {
  return {
    id: action.id,
    key: `${group}/${action.id}`,
    title: titleOf(action),
    icon: action.icon,
    shortcut: shortcutsOf(action)[0],
    run: () => {
      noteRecent(action.id);
      registry.run(action.id);
    },
  };
}

/** The commands for what is typed: recent ones and by heading when nothing is, else one list, the best first. */
export function actionGroups(registry: Registry, query: string): PaletteGroup[] {
  const found = searchActions(registry, query);
  if (query.trim() !== '') {
    const items = found.slice(0, 12).map((action) => itemOf(action, registry, 'found'));
    return items.length > 0 ? [{ id: 'found', title: t('actions.section.commands'), items }] : [];
  }
  const recent = recentActions().flatMap((id) => found.find((action) => action.id === id) ?? []);
  const groups: PaletteGroup[] = [];
  if (recent.length > 0) {
    const items = recent.map((action) => itemOf(action, registry, 'recent'));
    groups.push({ id: 'recent', title: t('actions.section.recent'), items });
  }
  for (const action of found) {
    let group = groups.find((known) => known.id === action.section);
    if (!group) {
      group = { id: action.section, title: t(`actions.section.${action.section}`), items: [] };
      groups.push(group);
    }
    group.items.push(itemOf(action, registry, action.section));
  }
  return groups;
}

/** Whether what is typed is how this command's name begins, so that it is surely meant. */
function isNamed(item: PaletteItem, query: string): boolean {
  const typed = query.trim().toLowerCase();
  return typed.length > 2 && item.title.toLowerCase().startsWith(typed);
}

/**
 * All groups in order. Things come before commands, because one looks for an idea far more often, unless a command's
 * very name is typed.
 */
export function ordered(
  things: readonly PaletteGroup[],
  commands: readonly PaletteGroup[],
  query: string,
): PaletteGroup[] {
  const named = commands.some((group) => group.items.some((item) => isNamed(item, query)));
  return named ? [...commands, ...things] : [...things, ...commands];
}

/** What one source found, as a group; its failure becomes the reason that is shown. */
export async function sourceGroup(
  source: PaletteSource,
  query: string,
  signal: AbortSignal,
): Promise<PaletteGroup> {
  const results = await source.search(query, signal);
  const items = results.map((result) => ({ ...result, key: `${source.id}/${result.id}` }));
  return { id: source.id, title: source.title(), items };
}
