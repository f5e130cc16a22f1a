import { lazy, Suspense } from 'react';
import { t } from '@/lib/i18n.ts';
import { searchKeys } from '@/lib/routes.ts';
import { choiceParam, useParam } from '@/lib/search-params.ts';
import { useIdeaInsights } from '@/sync/insights.ts';
import { useProject } from '@/sync/project.tsx';
import type { Idea } from '@/sync/types.ts';
import { Tabs } from '@/ui/Tabs.tsx';
import { Dot, isNew, SeenBefore } from '@/views/shared/fresh.tsx';
import { Comments, useComments } from '@/views/shared/talk/Comments.tsx';
import { useSeen } from '@/views/shared/use-seen.ts';
import { History } from './History.tsx';

const IdeaInsights = lazy(() => import('@/views/shared/insights/IdeaInsights.tsx'));

const tab = choiceParam(['comments', 'insights', 'history'] as const);

/** What was said and done about the idea. */
export function IdeaTabs({ idea, onRestored }: { idea: Idea; onRestored: (idea: Idea) => void }) {
  const [shown, show] = useParam(searchKeys.tab, tab, 'replace');
  const insights = useIdeaInsights(idea.id);
  const { data: comments } = useComments({ idea: idea.id });
  const { me, at } = useProject();
  const loaded = comments && insights && at === undefined;
  const before = useSeen(
    { idea: idea.id },
    loaded ? `${idea.version} ${comments.length} ${insights.length}` : undefined,
  );
  const newTo = (author: number | undefined, when: string) => isNew(before, { author, at: when, me: me.id });
  const said = comments?.some((each) => newTo(each.author, each.createdAt));
  const shownBy = insights?.some(({ links }) =>
    links?.some((link) => link.idea.id === idea.id && newTo(link.createdBy, link.createdAt)),
  );
  const tabs = (
    <Tabs
      label={t('idea.tabs')}
      value={shown ?? 'comments'}
      onValueChange={(id) => show(id === 'history' || id === 'insights' ? id : undefined)}
      tabs={[
        {
          id: 'comments',
          label: t('idea.comments'),
          count: comments?.length,
          mark: said && <Dot />,
          content: <Comments on={{ idea: idea.id }} />,
        },
        {
          id: 'insights',
          label: t('idea.insights'),
          count: insights?.length,
          mark: shownBy && <Dot />,
          content: (
            <Suspense>
              <IdeaInsights idea={idea.id} />
            </Suspense>
          ),
        },
        { id: 'history', label: t('idea.history'), content: <History idea={idea} onRestored={onRestored} /> },
      ]}
    />
  );
  return <SeenBefore value={before}>{tabs}</SeenBefore>;
}
