import { lazy, Suspense } from 'react';
import { HygienePage, type OpenIdea } from '@/features/hygiene/HygienePage.tsx';

const IdeaPanel = lazy(() => import('@/features/idea/IdeaPanel.tsx'));

/** What rots in a project, with the open idea beside it: /p/INS/hygiene. */
export default function HygieneRoute() {
  return <HygienePage panel={renderPanel} />;
}

function renderPanel(idea: OpenIdea) {
  return (
    <Suspense>
      <IdeaPanel key={idea.ideaKey} {...idea} />
    </Suspense>
  );
}
