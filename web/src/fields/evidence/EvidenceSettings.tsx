import { lazy, Suspense } from 'react';
import type { SettingsProps } from '../types.ts';

const EvidenceForm = lazy(() => import('./EvidenceForm.tsx'));

/** What an evidence field measures; loaded when somebody defines one. */
export function EvidenceSettings(props: SettingsProps) {
  return (
    <Suspense>
      <EvidenceForm {...props} />
    </Suspense>
  );
}
