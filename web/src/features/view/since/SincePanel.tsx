import '@/lib/messages/later/since.ts';
import { useQuery } from '@tanstack/react-query';
import { Copy, History, X } from 'lucide-react';
import { useMemo, useState } from 'react';
import { addDays, today } from '@/lib/days.ts';
import { formatMoment, formatRelative } from '@/lib/format.ts';
import { t } from '@/lib/i18n.ts';
import { useProject } from '@/sync/project.tsx';
import { changedSince, visitView } from '@/sync/since.ts';
import type { Ref, View, ViewInput } from '@/sync/types.ts';
import { Button, IconButton } from '@/ui/Button.tsx';
import { Segments } from '@/ui/Segments.tsx';
import { Skeleton } from '@/ui/Skeleton.tsx';
import { toast } from '@/ui/Toast.tsx';
import { ChangedLine } from './ChangedLine.tsx';
import css from './since.module.css';
import { textOfChanges } from './text.ts';

const ranges = ['visit', 'week', 'month'] as const;
type Range = (typeof ranges)[number];

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
}

/** What became otherwise in a view since one's last visit or over some days, beside it. */
export default function SincePanel({ view, definition, seq, onClose, onOpen, onAsOf }: SincePanelProps) {
  const { project, person, field, people, me } = useProject();
  const [range, setRange] = useState<Range>('visit');
  const visit = useQuery({
    queryKey: ['visit', view.id],
    queryFn: () => visitView(view.id).then((since) => since ?? null),
    staleTime: 60_000,
  });
  const since = range === 'visit' ? visit.data : addDays(today(), range === 'week' ? -7 : -30);
  const fields = useMemo(() => fieldsOf(definition), [definition]);
  const changes = useQuery({
    queryKey: ['since', project.key, definition.query, fields, since, seq],
    queryFn: ({ signal }) =>
      changedSince(project.key, { query: definition.query, fields, since: since ?? '' }, signal),
    enabled: Boolean(since),
    placeholderData: (last) => last,
  });
  const { data, error } = changes;
  const ideas = data?.ideas ?? [];
  const copy = () => {
    if (!data) return;
    const text = textOfChanges(data, { view: view.name, field, person, codec: { people, me } });
    void navigator.clipboard.writeText(text).then(() => toast({ title: t('since.copied') }));
  };
  const caught = () => void visitView(view.id, true).then(() => visit.refetch());
  return (
    <section className={css.root} aria-label={t('since.title')}>
      <header className={css.head}>
        <h2 className={css.title}>{t('since.title')}</h2>
        <IconButton label={t('since.close')} icon={X} size="tiny" onClick={onClose} />
      </header>
      <Segments
        label={t('since.range')}
        value={range}
        onValueChange={setRange}
        options={ranges.map((value) => ({ value, label: t(`since.${value}`) }))}
      />
      <p className={css.note} role="status">
        {since &&
          data &&
          (data.changed === 0
            ? t('since.none')
            : t('since.count', { n: data.changed, when: whenOf(data.since) }))}
        {!since && visit.isFetched && range === 'visit' && t('since.first')}
      </p>
      {error && (
        <p role="alert" className={css.note}>
          {error.message}
        </p>
      )}
      {since && !data && !error && <Skeleton width="100%" height="160px" />}
      {since && data && data.changed > 0 && (
        <>
          <div className={css.actions}>
            <Button icon={History} onClick={() => onAsOf(data.since)}>
              {t('since.asOf')}
            </Button>
            <Button icon={Copy} onClick={copy}>
              {t('since.copy')}
            </Button>
            {range === 'visit' && (
              <Button tone="ghost" onClick={caught}>
                {t('since.caught')}
              </Button>
            )}
          </div>
          <ul className={css.list}>
            {ideas.map((idea) => (
              <ChangedLine key={idea.id} idea={idea} onOpen={onOpen} />
            ))}
          </ul>
          {data.total > ideas.length && (
            <p className={css.note}>{t('since.more', { n: data.total - ideas.length })}</p>
          )}
        </>
      )}
    </section>
  );
}

function whenOf(moment: string): string {
  const away = Date.now() - Date.parse(moment);
  return away < 7 * 24 * 3600 * 1000 ? formatRelative(moment) : formatMoment(moment);
}

/** The fields that a view shows, wherever it shows them. */
function fieldsOf({ columns, layout }: ViewInput): Ref[] {
  const shown = (columns ?? []).map((column) => column.field);
  const { start, end } = layout?.timeline ?? {};
  return [...new Set([...shown, start, end])].filter(
    (ref): ref is Ref => ref !== undefined && ref !== '' && ref !== 'key',
  );
}
