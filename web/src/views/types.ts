import type { LucideIcon } from 'lucide-react';
import type { ComponentType, ReactNode } from 'react';
import type { MessageId } from '@/lib/i18n.ts';
import type { ViewInput } from '@/sync/types.ts';
import type { ViewResult } from '@/sync/use-result.ts';

/** Props of a view kind's component. */
export interface ViewProps {
  /** The definition with the changes that are not saved yet. */
  definition: ViewInput;
  result: ViewResult;
  /** Changes the definition for this person, until it is saved. */
  onChange: (change: Partial<ViewInput>) => void;
  /** Shows an idea beside the view. */
  onOpen: (idea: string) => void;
  /** The key of the idea shown beside. */
  openIdea?: string;
  /** Shown when the query finds nothing. */
  empty: ReactNode;
}

/** A way to show a result; one folder each. */
export interface ViewKind {
  kind: string;
  label: MessageId;
  icon: LucideIcon;
  component: ComponentType<ViewProps>;
}
