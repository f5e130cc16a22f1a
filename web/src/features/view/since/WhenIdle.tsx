import { lazy, Suspense, useEffect, useState } from 'react';
import { whenIdle } from '@/lib/idle.ts';
import type { ReturnedProps } from './Returned.tsx';

const Returned = lazy(() => import('./Returned.tsx'));

/** Asks what changed since one's last visit once the rows are shown and the browser has nothing better to do. */
export function WhenIdle({ ready, ...props }: ReturnedProps & { ready: boolean }) {
  const [idle, setIdle] = useState(false);
  useEffect(() => {
    if (!ready || idle) return;
    return whenIdle(() => setIdle(true), 3000);
  }, [ready, idle]);
  if (!idle) return null;
  return (
    <Suspense>
      <Returned key={props.view.id} {...props} />
    </Suspense>
  );
}
