import { lazy, Suspense } from 'react';
import type { FieldInfo } from '@/sync/types.ts';

const Here = lazy(() => import('./Here.tsx'));

/** Says that a field of an idea is being edited in a view, while it is shown; nobody waits for it. */
export function EditedHere({ idea, field }: { idea: number; field: FieldInfo }) {
  if (field.readOnly) return null;
  return (
    <Suspense fallback={null}>
      <Here spot={{ idea, field: field.ref }} />
    </Suspense>
  );
}
