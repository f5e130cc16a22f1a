import '@/lib/messages/later/activity.ts';
import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { Activity } from 'lucide-react';
import { useState } from 'react';
import { t } from '@/lib/i18n.ts';
import { useTitle } from '@/lib/title.ts';
import { hasRole } from '@/sync/facts.ts';
import { useOptionalProject, useProject } from '@/sync/project.tsx';
import { Button } from '@/ui/Button.tsx';
import { EmptyState } from '@/ui/EmptyState.tsx';
import { Page } from '@/ui/Page.tsx';
import { Select } from '@/ui/Select.tsx';
import { Skeleton } from '@/ui/Skeleton.tsx';
import { toast } from '@/ui/Toast.tsx';
import { WatchButton } from '@/views/shared/WatchButton.tsx';
import css from './activity.module.css';
import { type ActivityPage as Answer, getActivity, type Part, parts, type Wanted } from './calls.ts';
import { Step } from './Step.tsx';

/** What happened in a project: /p/INS/activity. */
export default function ActivityPage() {
  return useOptionalProject() && <Steps />;
}

const everybody = 'everybody';
const everything = 'all';

function Steps() {
  const { project, people, session, me } = useProject();
  useTitle(t('activity.title'), project.name);
  const [wanted, setWanted] = useState<Wanted>({ part: undefined, person: undefined });
  const queries = useQueryClient();
  const { data, error, hasNextPage, isFetchingNextPage, fetchNextPage } = useInfiniteQuery({
    queryKey: ['activity', project.key, wanted],
    initialPageParam: 0,
    queryFn: ({ pageParam, signal }) => getActivity(project.key, wanted, pageParam, signal),
    getNextPageParam: (last: Answer) => last.next,
  });
  const sets = data?.pages.flatMap((page) => page.sets ?? []) ?? [];
  const ideas = Object.assign({}, ...(data?.pages.map((page) => page.ideas) ?? []));
  const mayUndo = (actor: number | undefined) =>
    hasRole(project.role, 'admin') || (actor === me.id && hasRole(project.role, 'contributor'));
  const undo = async (group: string) => {
    try {
      const { changes, kept } = await session.undoGroup(group);
      toast({
        title: t('activity.undone', { n: changes }),
        description: kept > 0 ? t('activity.kept', { n: kept }) : undefined,
      });
    } catch (cause) {
      toast({ title: cause instanceof Error ? cause.message : String(cause), tone: 'error' });
    }
    await queries.invalidateQueries({ queryKey: ['activity'] });
  };
  return (
    <Page
      title={t('activity.title')}
      actions={<WatchButton what={{ project: project.key }} />}
      tools={
        <>
          <Select
            className={css.choice}
            aria-label={t('activity.what')}
            options={[
              { value: everything, label: t('activity.all') },
              ...parts.map((part) => ({ value: part, label: t(`activity.${part}`) })),
            ]}
            value={wanted.part ?? everything}
            onValueChange={(part) =>
              setWanted({ ...wanted, part: part === everything ? undefined : (part as Part) })
            }
          />
          <Select
            className={css.choice}
            aria-label={t('activity.who')}
            options={[
              { value: everybody, label: t('activity.everybody') },
              ...people.map(({ id, name }) => ({ value: String(id), label: name })),
            ]}
            value={wanted.person === undefined ? everybody : String(wanted.person)}
            onValueChange={(who) =>
              setWanted({ ...wanted, person: who === everybody ? undefined : Number(who) })
            }
          />
        </>
      }
    >
      <div className={css.page}>
        {error && <p role="alert">{error.message}</p>}
        {!data && !error && <Skeleton width="100%" height="200px" />}
        {data && sets.length === 0 && (
          <EmptyState icon={Activity} title={t('activity.none')}>
            {t('activity.noneText')}
          </EmptyState>
        )}
        {sets.length > 0 && (
          <ol className={css.steps} aria-label={t('activity.title')}>
            {sets.map((set) => (
              <Step
                key={set.seq}
                set={set}
                ideas={ideas}
                onUndo={set.group && mayUndo(set.actor) ? () => void undo(set.group ?? '') : undefined}
              />
            ))}
          </ol>
        )}
        {hasNextPage && (
          <Button busy={isFetchingNextPage} onClick={() => void fetchNextPage()}>
            {t('activity.older')}
          </Button>
        )}
      </div>
    </Page>
  );
}
