import { useQuery } from '@tanstack/react-query';
import { formatMoment } from '@/lib/format.ts';
import { t } from '@/lib/i18n.ts';
import { Dialog } from '@/ui/Dialog.tsx';
import { Skeleton } from '@/ui/Skeleton.tsx';
import { Markdown } from '@/views/shared/markdown/Markdown.tsx';
import css from './talk.module.css';
import { listWordings } from './talk-calls.ts';

/** What a comment said before and says now, the newest first. */
export function Wordings({ comment, onClose }: { comment: number; onClose: () => void }) {
  const { data, error } = useQuery({
    queryKey: ['wordings', comment],
    queryFn: ({ signal }) => listWordings(comment, signal),
    staleTime: 0,
  });
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()} title={t('talk.wordings')}>
      {error && <p role="alert">{error.message}</p>}
      {!data && !error && <Skeleton height="72px" />}
      <ol className={css.wordings}>
        {data?.toReversed().map((wording, n) => (
          <li key={wording.at}>
            <p className={css.when}>
              {n === 0 ? t('talk.saysNow', { at: formatMoment(wording.at) }) : formatMoment(wording.at)}
            </p>
            <Markdown text={wording.body} />
          </li>
        ))}
      </ol>
    </Dialog>
  );
}
