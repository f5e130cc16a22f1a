import { lazy, type ReactNode, Suspense, useCallback } from 'react';
import { useLocation, useSearch } from 'wouter';
import { useRegistry } from '@/actions/react.tsx';
import { captureAction } from '@/features/capture/Capture.tsx';
import { neighbourOf } from '@/features/idea/step.ts';
import { ViewPage } from '@/features/view/ViewPage.tsx';
import { ideaAddress } from '@/lib/routes.ts';
import { useProject } from '@/sync/project.tsx';
import type { Ref } from '@/sync/types.ts';

const IdeaPanel = lazy(() => import('@/features/idea/IdeaPanel.tsx'));

/** A view, with the open idea beside it. */
export default function ViewRoute() {
  const registry = useRegistry();
  return (
    <ViewPage
      panel={renderPanel}
      onCapture={() => {
        registry.run(captureAction);
      }}
    />
  );
}

function renderPanel(panel: PanelProps): ReactNode {
  return <Panel {...panel} />;
}

interface PanelProps {
  idea: string;
  columns: readonly Ref[];
  close: () => void;
}

function Panel({ idea, columns, close }: PanelProps) {
  const { session } = useProject();
  const [path, go] = useLocation();
  const search = useSearch();
  const step = useCallback(
    (by: 1 | -1) => {
      void neighbourOf(session, idea, by).then((key) => {
        if (key) go(ideaAddress(key, path, search), { replace: true });
      });
    },
    [session, idea, path, search, go],
  );
  return (
    <Suspense>
      <IdeaPanel ideaKey={idea} viewRefs={columns} onClose={close} onStep={step} />
    </Suspense>
  );
}
