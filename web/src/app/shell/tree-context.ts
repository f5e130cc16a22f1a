import type { ProjectPage } from '@/sync/calls.ts';
import type { Tree } from '@/sync/sidebar.ts';
import type { TreeCommands } from './use-tree.ts';

/** What the lines of the tree share. */
export interface TreeContext {
  page: ProjectPage;
  tree: Tree;
  commands: TreeCommands;
  /** The person may arrange the sidebar. */
  mayArrange: boolean;
}
