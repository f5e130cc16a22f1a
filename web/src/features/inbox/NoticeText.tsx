import { useQuery } from '@tanstack/react-query';
import { client, send } from '@/api/client.ts';
import { t } from '@/lib/i18n.ts';
import type { Notice } from '@/sync/inbox.ts';
import { Avatar } from '@/ui/Avatar.tsx';
import css from './inbox.module.css';

/** Everybody's names, for notices of every project. */
function useName(id: number | undefined): string {
  const { data } = useQuery({
    queryKey: ['people'],
    queryFn: async ({ signal }) => (await send(client.GET('/people', { signal }))).people ?? [],
  });
  if (!id) return 'Cairn';
  return data?.find((person) => person.id === id)?.name ?? t('inbox.somebody');
}

/** Who did what, from what to what, and why. */
export function NoticeText({ notice }: { notice: Notice }) {
  const { kind, count = 0, changes, excerpt, reason } = notice;
  const name = useName(notice.actor);
  return (
    <li className={css.notice}>
      <Avatar name={name} size={16} decorative />
      <div>
        <span>
          <strong>{name}</strong> {t(`inbox.kind.${kind}`, { count })}
        </span>
        {kind === 'hook' ? (
          <span className={css.quiet}>{t(`inbox.hook.${excerpt === 'gone' ? 'gone' : 'failing'}`)}</span>
        ) : (
          excerpt && <q className={css.excerpt}>{excerpt}</q>
        )}
        {changes?.map((change) => (
          <span key={`${change.attr} ${change.name}`} className={css.change}>
            {change.long ? (
              t('inbox.change.long', { name: change.name })
            ) : !change.old && !change.new ? (
              change.name
            ) : (
              <>
                <span className={css.quiet}>{change.name}:</span>{' '}
                <del className={css.old}>{change.old || t('inbox.nothing')}</del>
                <span role="img" aria-label={t('inbox.to')}>
                  {' → '}
                </span>
                <ins className={css.new}>{change.new || t('inbox.nothing')}</ins>
              </>
            )}
          </span>
        ))}
        {reason && <p className={css.reason}>“{reason}”</p>}
      </div>
    </li>
  );
}
