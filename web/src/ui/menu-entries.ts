import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';

/** One command of a menu. */
export interface MenuItem {
  kind?: 'item';
  id: string;
  label: string;
  icon?: LucideIcon;
  /** Something else before the label, a colour dot for instance. */
  leading?: ReactNode;
  /** Keys that do the same ("$mod+k"). */
  shortcut?: string;
  /** A quiet word behind the label. */
  hint?: string;
  disabled?: boolean;
  /** It destroys. */
  danger?: boolean;
  /** Makes the item a check box (or, within one group, a choice): true shows the tick. */
  checked?: boolean;
  /** Keep the menu open after choosing. */
  stay?: boolean;
  onSelect: () => void;
}

/** A menu in a menu. */
export interface SubMenu {
  kind: 'submenu';
  id: string;
  label: string;
  icon?: LucideIcon;
  items: MenuEntry[];
}

/** Entries under a heading. */
export interface MenuGroup {
  kind: 'group';
  id: string;
  label: string;
  items: MenuEntry[];
}

/** A line between entries. */
export interface MenuSeparator {
  kind: 'separator';
  id: string;
}

/** What a menu consists of. */
export type MenuEntry = MenuItem | SubMenu | MenuGroup | MenuSeparator;
