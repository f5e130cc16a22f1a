import type { LucideIcon } from 'lucide-react';
import type { ProjectPage } from '@/sync/calls.ts';

/** A line of the sidebar that leads somewhere. */
export interface SidebarItem {
  id: string;
  label: string;
  href: string;
  icon?: LucideIcon;
  /** A person's own choice of sign, shown instead of the icon. */
  emoji?: string;
  /** A number at the end: what waits there. */
  count?: number;
}

/** Lines of the sidebar, with a heading unless there is none. */
export interface SidebarSection {
  id: string;
  title?: string;
  items: SidebarItem[];
  /** A button beside the heading that adds to the section. */
  add?: { label: string; run: () => void };
}

/** A project in the switcher. */
export interface SidebarProject {
  key: string;
  name: string;
  emoji?: string;
  href: string;
}

/** Everything the sidebar shows. */
export interface SidebarModel {
  projects: SidebarProject[];
  /** The key of the open project. */
  current?: string;
  sections: SidebarSection[];
  /** Lines above everything else, whatever is open. */
  top?: SidebarItem[];
  /** The open project with its views. */
  page?: ProjectPage;
  /** Makes a view of the open project. */
  createView: () => void;
  /** Makes a project; absent for those who may not. */
  createProject?: () => void;
  /** Captures an idea; absent where there is no project to put it in. */
  createIdea?: () => void;
  person: { name: string; email?: string };
}

/** A sign that a person chose; names of icons are no signs. */
export function emojiOf(icon: string | undefined): string | undefined {
  return icon && !/^[\w-]+$/.test(icon) ? icon : undefined;
}
