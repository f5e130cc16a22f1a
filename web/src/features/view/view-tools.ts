import type { View, ViewGroup } from '@/sync/types.ts';
import type { Draft } from './draft.ts';
import type { ToolName } from './use-view-actions.ts';

/** What the tools of a view are given. */
export interface ViewToolsProps {
  view: Pick<View, 'id'>;
  draft: Draft;
  /** The groups of the result. */
  groups: readonly ViewGroup[];
  /** The panel that is open. */
  open: ToolName | undefined;
  onOpen: (tool: ToolName | undefined) => void;
  /** Why the view has no result. */
  problem?: string;
}
