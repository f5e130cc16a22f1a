import type { LucideIcon } from 'lucide-react';
import type { MessageId } from '@/lib/i18n.ts';

/** The headings under which the palette and the list of keys show commands, in their order. */
export const sections = ['idea', 'edit', 'view', 'navigate', 'general'] as const;

/** One of the headings. */
export type ActionSection = (typeof sections)[number];

/** A command: one object for menu, shortcut, palette and help. */
export interface Action {
  /** Unique, "area.verb" ("idea.archive"). */
  id: string;
  /** What it does, as a message id, or computed where it depends on the situation. */
  title: MessageId | (() => string);
  section: ActionSection;
  icon?: LucideIcon;
  /** Keys as tinykeys writes them: "c", "$mod+k", "g i". Several ways are several entries; the first is shown. */
  shortcut?: string | readonly string[];
  /** Works also while typing and in dialogs; for shortcuts that type nothing. */
  anywhere?: true;
  /** Leave it out of the palette (the palette's own command; arrows in a grid). */
  unlisted?: true;
  /** It destroys: menus show it so. */
  danger?: true;
  /** Further words to find it by. */
  keywords?: string;
  /** Whether it makes sense now; always when absent. */
  when?: () => boolean;
  run: () => void | Promise<void>;
}

/** Something the palette found that is no command. */
export interface PaletteResult {
  /** Unique within its source. */
  id: string;
  title: string;
  /** A quiet word behind the title: the key of an idea, the project of a view. */
  hint?: string;
  icon?: LucideIcon;
  run: () => void;
}

/** Where the palette looks beside the commands: ideas, views, projects. */
export interface PaletteSource {
  /** It stands below everything else, and only once all others have answered. */
  last?: true;
  id: string;
  /** The heading above its results. */
  title: () => string;
  /** The best results for what is typed ("" for nothing yet), best first, at most about ten. */
  search: (query: string, signal: AbortSignal) => Promise<PaletteResult[]> | PaletteResult[];
}
