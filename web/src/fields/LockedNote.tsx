import { Suspense } from 'react';
import { soonPart } from '@/lib/lazy-part.ts';
import type { LockedNoteProps } from './LockedPopup.tsx';

const LockedPopup = soonPart(() => import('./LockedPopup.tsx'));

/** Says why a cell cannot be edited and who can. */
export function LockedNote(props: LockedNoteProps) {
  return (
    <Suspense>
      <LockedPopup {...props} />
    </Suspense>
  );
}
