import '@/lib/messages/later/since.ts';
import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import { Copy, History, X } from 'lucide-react';
import { useEffect, useMemo, useState } from 'react';
import { formatDay } from '@/lib/days.ts';
import { t } from '@/lib/i18n.ts';
import { useProject } from '@/sync/project.tsx';
import { type Changes, changedSince, visitView } from '@/sync/since.ts';
import type { View, ViewInput } from '@/sync/types.ts';
import { Button, IconButton } from '@/ui/Button.tsx';
import { Checkbox } from '@/ui/Checkbox.tsx';
import { Skeleton } from '@/ui/Skeleton.tsx';
import { toast } from '@/ui/Toast.tsx';
import type { ChangeOf } from '@/views/shared/change-marks.tsx';
import { ChangedLine } from './ChangedLine.tsx';
import { comparedFields } from './fields.ts';
import { marksOfChanges } from './marks.ts';
import { RangeChoice, type Stretch, sinceVisit, startOf } from './RangeChoice.tsx';
import css from './since.module.css';
import { textOfChanges } from './text.ts';
import { sinceWhen } from './when.ts';

/** How many ideas are described at once. */
const pageSize = 100;

/** Props of SincePanel. */
export interface SincePanelProps {
  view: View;
  definition: ViewInput;
  /** Changes with the project's ideas. */
  seq: number;
  onClose: () => void;
  onOpen: (key: string) => void;
  /** Shows the view as it was at the end of a day, or at a moment. */
  onAsOf: (at: string) => void;
  /** Marks ideas in the view. */
  onMarks: (marks: ReadonlyMap<number, ChangeOf> | null) => void;
}

/** What became otherwise in a view over some time, beside it. */
export default function SincePanel(props: SincePanelProps) {
  const { view, definition, seq, onClose, onOpen, onAsOf, onMarks } = props;
  const { person, field, people, me, session } = useProject();
  const queries = useQueryClient();
  const [stretch, setStretch] = useState<Stretch>(sinceVisit);
  const visit = useQuery({
    queryKey: ['visit', view.id],
    queryFn: () => visitView(view.id).then((since) => since ?? null),
    staleTime: 60_000,
  });
  const since = startOf(stretch, visit.data);
  const until = stretch.range === 'days' ? (stretch.to ?? undefined) : undefined;
  // What one did oneself is no news after a visit, but belongs to what happened over some days.
  const [mine, setMine] = useState<boolean>();
  const others = !(mine ?? stretch.range !== 'visit');
  const changes = useChanges(definition, { since, until, seq, others });
  const { data: pages, error, isFetchingNextPage, fetchNextPage } = changes;
  const data = since ? pages?.pages[0] : undefined;
  const ideas = since ? (pages?.pages.flatMap((page) => page.ideas ?? []) ?? []) : [];
  useEffect(() => {
    onMarks(data ? marksOfChanges(data) : null);
    return () => onMarks(null);
  }, [data, onMarks]);
  const copy = () => {
    if (!data) return;
    const text = textOfChanges(
      { ...data, ideas },
      {
        view: view.name,
        count: countOf(data, others, until),
        field,
        person,
        codec: { people, me, ideas: session.mentions.state.get() },
      },
    );
    void navigator.clipboard.writeText(text).then(() => toast({ title: t('since.copied') }));
  };
  const caught = () =>
    void visitView(view.id, true).then((now) => queries.setQueryData(['visit', view.id], now ?? null));
  return (
    <section className={css.root} aria-label={t('since.title')}>
      <header className={css.head}>
        <h2 className={css.title}>{t('since.title')}</h2>
        <IconButton label={t('since.close')} icon={X} size="tiny" onClick={onClose} />
      </header>
      <RangeChoice value={stretch} onChange={setStretch} />
      <p className={css.note} role="status">
        {data && (data.changed === 0 ? t('since.none') : countOf(data, others, until))}
        {!since && stretch.range === 'visit' && visit.isFetched && t('since.first')}
        {!since && stretch.range === 'days' && t('since.chooseDay')}
      </p>
      {error && (
        <p role="alert" className={css.note}>
          {error.message}
        </p>
      )}
      {since && !data && !error && <Skeleton width="100%" height="160px" />}
      {data && data.changed > 0 && (
        <>
          <div className={css.actions}>
            <Button icon={History} onClick={() => onAsOf(data.since)}>
              {t('since.asOf')}
            </Button>
            <Button icon={Copy} onClick={copy}>
              {t('since.copy')}
            </Button>
            {stretch.range === 'visit' && (
              <Button tone="ghost" onClick={caught}>
                {t('since.caught')}
              </Button>
            )}
          </div>
          {someOwn(data) && (
            <Checkbox
              label={t('since.own', { n: data.own ?? 0 })}
              checked={!others}
              onCheckedChange={setMine}
            />
          )}
          <ul className={css.list}>
            {ideas.map((idea) => (
              <ChangedLine key={idea.id} idea={idea} onOpen={onOpen} />
            ))}
          </ul>
          {data.total > ideas.length && (
            <Button busy={isFetchingNextPage} onClick={() => void fetchNextPage()}>
              {t('since.more', { n: data.total - ideas.length })}
            </Button>
          )}
        </>
      )}
    </section>
  );
}

/** Some of the ideas were changed by nobody but the reader, and some by others. */
const someOwn = ({ changed, own = 0 }: Changes) => own > 0 && own < changed;

function countOf(changes: Changes, others: boolean, until: string | undefined): string {
  const { changed, own = 0, since } = changes;
  const without = others && someOwn(changes);
  const n = without ? changed - own : changed;
  const when = sinceWhen(since);
  const count = until
    ? t('since.countBetween', { n, from: when, to: formatDay(until, { long: true }) })
    : t('since.count', { n, when });
  return own > 0 && !without ? t('since.ofYou', { count, n: own }) : count;
}

interface Times {
  since: string | undefined;
  until: string | undefined;
  seq: number;
  others: boolean;
}

/** What changed, a page at a time. What was asked before stays until the answer is there. */
function useChanges(definition: ViewInput, { since, until, seq, others }: Times) {
  const { project, allFields } = useProject();
  const fields = useMemo(() => comparedFields(definition, allFields), [definition, allFields]);
  return useInfiniteQuery({
    queryKey: ['since', project.key, definition.query, fields, since, until, seq, others],
    initialPageParam: 0,
    queryFn: ({ pageParam: offset, signal }) =>
      changedSince(
        project.key,
        { query: definition.query, fields, since: since ?? '', until, others, offset, limit: pageSize },
        signal,
      ),
    getNextPageParam: (last, all) => {
      const shown = all.reduce((sum, page) => sum + (page.ideas?.length ?? 0), 0);
      return shown < last.total && (last.ideas?.length ?? 0) > 0 ? shown : undefined;
    },
    enabled: Boolean(since),
    placeholderData: (last) => last,
  });
}
