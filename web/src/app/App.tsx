import { lazy, Suspense } from 'react';
import { Route, Switch } from 'wouter';
import { ToastRegion } from '@/ui/Toast.tsx';
import { TooltipProvider } from '@/ui/Tooltip.tsx';

const Gallery = import.meta.env.DEV ? lazy(() => import('./gallery/Gallery.tsx')) : null;

/** The whole app. */
export function App() {
  return (
    <TooltipProvider>
      <ToastRegion>
        <Switch>
          {Gallery && (
            <Route path="/__gallery">
              <Suspense>
                <Gallery />
              </Suspense>
            </Route>
          )}
        </Switch>
      </ToastRegion>
    </TooltipProvider>
  );
}
