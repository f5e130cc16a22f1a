import { lazy, type ReactNode, Suspense, useCallback } from 'react';
import { useLocation, useSearch } from 'wouter';
import { useRegistry } from '@/actions/react.tsx';
import { captureAction } from '@/features/capture/Capture.tsx';
import { neighbourOf } from '@/features/idea/step.ts';
import { type MakeField, MakeFieldContext } from '@/features/view/new-field.ts';
import { ViewPage } from '@/features/view/ViewPage.tsx';
import type { PartsOfView } from '@/features/view/ViewScreen.tsx';
import { usePainted } from '@/lib/first-paint.ts';
import { ideaAddress } from '@/lib/routes.ts';
import { useProject } from '@/sync/project.tsx';
import type { Ref } from '@/sync/types.ts';

const ViewThread = lazy(() => import('@/features/idea/ViewThread.tsx'));
const Markdown = lazy(() =>
  import('@/views/shared/markdown/Markdown.tsx').then((module) => ({ default: module.Markdown })),
);
const IdeaPanel = lazy(() => import('@/features/idea/IdeaPanel.tsx'));
const FieldDialog = lazy(() =>
  import('@/features/project/FieldDialog.tsx').then((module) => ({ default: module.FieldDialog })),
);

const makeField: MakeField = (close) => (
  <Suspense>
    <FieldDialog field={undefined} onClose={close} />
  </Suspense>
);

/** A view, with the open idea beside it. */
export default function ViewRoute() {
  const registry = useRegistry();
  return (
    <MakeFieldContext value={makeField}>
      <ViewPage
        panel={renderPanel}
        parts={parts}
        onCapture={() => {
          registry.run(captureAction);
        }}
      />
    </MakeFieldContext>
  );
}

const parts: PartsOfView = {
  text: (markdown) => <Text of={markdown} />,
  thread: (view, close) => (
    <Suspense>
      <ViewThread key={view.id} view={view} onClose={close} />
    </Suspense>
  ),
};

/** A text with its marks; the first paint does not wait for what draws them. */
function Text({ of }: { of: string }) {
  const plain = <p>{of}</p>;
  if (!usePainted()) return plain;
  return (
    <Suspense fallback={plain}>
      <Markdown text={of} />
    </Suspense>
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
