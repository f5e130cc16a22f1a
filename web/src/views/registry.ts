import { board } from './board/index.tsx';
import { list } from './list/index.ts';
import { matrix } from './matrix/index.ts';
import { timeline } from './timeline/index.ts';
import { tree } from './tree/index.ts';
import type { ViewKind } from './types.ts';

/** The kinds of views that exist; one line each. */
export const viewKinds: readonly ViewKind[] = [list, board, matrix, timeline, tree];

/** A kind by its name; a kind that this app does not know is shown as a list. */
export function viewKind(kind: string): ViewKind {
  return viewKinds.find((each) => each.kind === kind) ?? list;
}
