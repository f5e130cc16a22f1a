import '@/lib/messages/later/since.ts';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { History, X } from 'lucide-react';
import { useEffect, useState } from 'react';
import { t } from '@/lib/i18n.ts';
import { useProject } from '@/sync/project.tsx';
import { changedSince, leaveView, visitView } from '@/sync/since.ts';
import type { View } from '@/sync/types.ts';
import { Button, IconButton } from '@/ui/Button.tsx';
import { Icon } from '@/ui/Icon.tsx';
import { useReadView } from '@/views/shared/use-seen.ts';
import { comparedFields } from './fields.ts';
import css from './since.module.css';
import { sinceWhen } from './when.ts';

/** Says that one has left a view, whichever way, and asks anew when one comes back to its tab. */
function useLeaving(view: number, back: () => unknown): void {
  useEffect(() => {
    const leave = () => {
      if (document.visibilityState === 'hidden') leaveView(view);
      else void back();
    };
    document.addEventListener('visibilitychange', leave);
    return () => {
      document.removeEventListener('visibilitychange', leave);
      leaveView(view);
    };
  }, [view, back]);
}

/** Props of Returned. */
export interface ReturnedProps {
  view: View;
  /** What changed is shown already. */
  shown: boolean;
  /** Shows what changed. */
  onSee: () => void;
}

/**
 * Says what changed in a view since one's last visit, over the foot of it, so that nothing moves; nothing on a first
 * visit. Notes the visit.
 */
export default function Returned({ view: saved, shown, onSee }: ReturnedProps) {
  const { project, allFields } = useProject();
  const queries = useQueryClient();
  const view = saved.id;
  /** The visit since which what changed was taken in, or put away. */
  const [away, setAway] = useState<string>();
  const { data: since, refetch } = useQuery({
    queryKey: ['visit', view],
    queryFn: () => visitView(view).then((last) => last ?? null),
    staleTime: 60_000,
    retry: false,
  });
  const { data: changed = 0 } = useQuery({
    queryKey: ['returned', view, since],
    queryFn: async ({ signal }) => {
      const fields = comparedFields(saved, allFields);
      const question = { query: saved.query, fields, since: since ?? '', limit: 0 };
      const { changed: all, own = 0 } = await changedSince(project.key, question, signal);
      // What one did oneself, here or elsewhere, is no news.
      return all - own;
    },
    enabled: Boolean(since),
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });
  useLeaving(view, refetch);
  useReadView(view);
  if (!since || shown || changed === 0 || away === since) return null;
  const seen = () => {
    setAway(since);
    visitView(view, true).then(
      (now) => queries.setQueryData(['visit', view], now ?? null),
      () => undefined,
    );
  };
  return (
    <div className={css.foot}>
      <aside className={css.returned} aria-label={t('since.title')}>
        <Icon of={History} />
        <span role="status">{t('since.count', { n: changed, when: sinceWhen(since) })}</span>
        <Button
          onClick={() => {
            setAway(since);
            onSee();
          }}
        >
          {t('since.see')}
        </Button>
        <IconButton label={t('since.caught')} icon={X} size="tiny" onClick={seen} />
      </aside>
    </div>
  );
}
