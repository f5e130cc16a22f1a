import type { LucideIcon } from 'lucide-react';
import type { ComponentType, ReactNode } from 'react';
import type { MessageId } from '@/lib/i18n.ts';
import type { FieldInfo, Ref, ViewInput } from '@/sync/types.ts';
import type { ViewResult } from '@/sync/use-result.ts';

/** What the certainty of the order draws at the row of an idea. */
export interface RowMark {
  /** Its place among the rows here whose order is a coin toss, and how many such ideas there are in all. */
  tie?: 'first' | 'middle' | 'last';
  tied?: number;
  /** Here the capacity ends. */
  end?: true;
  /** How likely it still fits, in words; absent where that is clear. */
  fits?: string;
}

/** The marks of rows. A mark depends on the rows beside it: those above and below in the same group, if they are known. */
export interface RowMarks {
  /** The mark of an idea; the same object for the same mark. */
  at: (idea: number, beside: { above: number | undefined; below: number | undefined }) => RowMark | undefined;
}

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
  /** What the certainty of the order draws while it is looked at. */
  marks?: RowMarks;
}

/** Props of the panel that shapes what only one kind of view has. */
export interface LayoutProps {
  definition: ViewInput;
  onChange: (change: Partial<ViewInput>) => void;
}

/** A way to show a result; one folder each. */
export interface ViewKind {
  kind: string;
  label: MessageId;
  icon: LucideIcon;
  component: ComponentType<ViewProps>;
  /** The panel behind the Layout button; absent where there is nothing to choose. */
  layout?: ComponentType<LayoutProps>;
  /** The fields that the kind needs of each idea, beside those that are shown. */
  refs?: (definition: ViewInput, fields: readonly FieldInfo[]) => Ref[];
  /**
   * It shows every idea at once: the result holds all of them, with only the title and `refs`, and without groups unless
   * they are asked for.
   */
  whole?: true | 'grouped';
  /** Its ideas stand under their parents. */
  tree?: true;
}
