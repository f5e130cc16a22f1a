import { createContext, useContext } from 'react';

/** What a page needs to know of the frame around it. */
export interface ShellState {
  /** The sidebar is out of sight: the page's header offers to bring it back. */
  sidebarHidden: boolean;
  showSidebar: () => void;
}

/** The frame's side of it; without a frame there is no sidebar to show. */
export const ShellContext = createContext<ShellState>({ sidebarHidden: false, showSidebar: () => {} });

/** The state of the frame around the caller. */
export function useShell(): ShellState {
  return useContext(ShellContext);
}
