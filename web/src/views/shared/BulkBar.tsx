import { Suspense } from 'react';
import { soonPart } from '@/lib/lazy-part.ts';
import type { BulkActionsProps } from './BulkActions.tsx';

const BulkActions = soonPart(() => import('./BulkActions.tsx'));

/** What can be done to all selected ideas at once; appears with the first one. */
export function BulkBar(props: BulkActionsProps) {
  if (props.count === 0) return null;
  return (
    <Suspense>
      <BulkActions {...props} />
    </Suspense>
  );
}
