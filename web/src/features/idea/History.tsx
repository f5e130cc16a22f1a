import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { client, send } from '@/api/client.ts';
import { t } from '@/lib/i18n.ts';
import { newGroup } from '@/sync/calls.ts';
import { hasRole } from '@/sync/facts.ts';
import { useProject } from '@/sync/project.tsx';
import type { Idea } from '@/sync/types.ts';
import { Banner } from '@/ui/Banner.tsx';
import { Button } from '@/ui/Button.tsx';
import { Skeleton } from '@/ui/Skeleton.tsx';
import { toast } from '@/ui/Toast.tsx';
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
  const { project, session } = useProject();
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useHistory(idea);
  const restore = async (seq: number, attr: string) => {
    const group = newGroup();
    const params = { path: { idea: String(idea.id) } };
    try {
      const restored = await send(
        client.POST('/ideas/{idea}/restore', {
          params,
          body: { seq, attr },
          headers: { 'Cairn-Group': group },
        }),
      );
      onRestored(restored);
      session.undoStack.push(group);
      toast({ title: t('idea.history.restored'), undo: () => void session.undoGroup(group).catch(tell) });
    } catch (cause) {
      tell(cause);
    }
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

function tell(error: unknown): void {
  toast({ title: error instanceof Error ? error.message : String(error), tone: 'error' });
}
