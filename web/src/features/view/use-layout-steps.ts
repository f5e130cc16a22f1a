import { useCallback, useEffect, useRef } from 'react';
import { useLatest } from '@/lib/latest.ts';
import type { Back } from '@/sync/history.ts';
import { useProject } from '@/sync/project.tsx';
import type { ViewInput } from '@/sync/types.ts';
import { type Draft, oneStep } from './draft.ts';

/**
 * Changes a view as the draft does; what is dragged or set in its layout, such as a divider of a matrix, is a step for
 * undo for as long as the view is open. What changes the query, Back in the browser takes back.
 */
export function useLayoutSteps(view: number, draft: Draft): Draft['change'] {
  const { undoStack } = useProject().session;
  const latest = useLatest(draft);
  const changedAt = useRef(0);
  const owner = `view ${view}`;
  useEffect(() => () => undoStack.forget(owner), [undoStack, owner]);
  return useCallback(
    (part) => {
      const backTo =
        (layout: ViewInput['layout']): Back =>
        () => {
          const { definition, change } = latest();
          changedAt.current = 0;
          change({ layout: layout ?? {} });
          return backTo(definition.layout);
        };
      const { definition, change } = latest();
      change(part);
      if (part.layout === undefined || part.kind !== undefined || part.query) return;
      const now = Date.now();
      if (now - changedAt.current > oneStep) undoStack.did(owner, backTo(definition.layout));
      changedAt.current = now;
    },
    [undoStack, owner, latest],
  );
}
