import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { client, send } from '@/api/client.ts';
import { t } from '@/lib/i18n.ts';
import { headersOf } from '@/sync/calls.ts';
import { hasRole } from '@/sync/facts.ts';
import { useLive } from '@/sync/live.ts';
import { useProject } from '@/sync/project.tsx';
import type { Idea } from '@/sync/types.ts';
import { Banner } from '@/ui/Banner.tsx';
import { Button } from '@/ui/Button.tsx';
import { Skeleton } from '@/ui/Skeleton.tsx';
import { toast } from '@/ui/Toast.tsx';
import { afterwards } from '@/views/shared/afterwards.ts';
import css from './History.module.css';
import { HistoryStep } from './HistoryStep.tsx';
import { visibleSteps } from './history.ts';

const pageSize = 50;
const historyKey = (idea: number) => ['history', idea] as const;

function useHistory(idea: Idea) {
  const queries = useQueryClient();
  // biome-ignore lint/correctness/useExhaustiveDependencies: each version of the idea is a new step
  useEffect(() => {
    void queries.invalidateQueries({ queryKey: historyKey(idea.id) });
  }, [queries, idea.id, idea.version]);
  // A link that reaches the idea from another project is no version of it.
  useLive(historyKey(idea.id), ({ kind }) => kind === 'link');
  return useInfiniteQuery({
    queryKey: historyKey(idea.id),
    initialPageParam: 0,
    queryFn: ({ pageParam, signal }) =>
      send(
        client.GET('/ideas/{idea}/history', {
          params: {
            path: { idea: String(idea.id) },
            query: { limit: pageSize, ...(pageParam > 0 ? { before: pageParam } : {}) },
          },
          signal,
        }),
      ),
    getNextPageParam: (page) => page.next,
  });
}

/** Who changed what of an idea, when and why, newest first; each old value can be brought back. */
export function History({ idea, onRestored }: { idea: Idea; onRestored: (idea: Idea) => void }) {
  const { project, session, me } = useProject();
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useHistory(idea);
  const restore = async (seq: number, attr: string) => {
    const params = { path: { idea: String(idea.id) } };
    const restored = await session.act(
      (group) =>
        send(
          client.POST('/ideas/{idea}/restore', { params, body: { seq, attr }, headers: headersOf(group) }),
        ).then((now) => ({ now, group })),
      () => void restore(seq, attr),
    );
    if (!restored) return;
    onRestored(restored.now);
    toast({ title: t('idea.history.restored'), ...afterwards(session, restored.group) });
  };
  if (error && !data) {
    return (
      <Banner
        tone="danger"
        actions={<Button onClick={() => void refetch()}>{t('shell.crash.retry')}</Button>}
      >
        {error.message}
      </Banner>
    );
  }
  if (!data) return <Skeleton height="96px" />;
  const steps = visibleSteps(data.pages.flatMap((page) => page.sets ?? []));
  return (
    <div className={css.history}>
      <ol className={css.list}>
        {steps.map(({ set, changes }) => (
          <HistoryStep
            idea={idea.id}
            key={set.seq}
            set={set}
            changes={changes}
            onSayWhy={
              set.group && set.actor === me.id && hasRole(project.role, 'contributor')
                ? () => void session.sayWhy(set.group ?? '')
                : undefined
            }
            onRestore={hasRole(project.role, 'editor') ? (attr) => void restore(set.seq, attr) : undefined}
          />
        ))}
      </ol>
      {hasNextPage && (
        <Button busy={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {t('idea.history.older')}
        </Button>
      )}
    </div>
  );
}
