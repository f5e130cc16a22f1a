import { useQuery } from '@tanstack/react-query';
import { Copy } from 'lucide-react';
import { useId } from 'react';
import { formatMoment, formatRelative } from '@/lib/format.ts';
import { t } from '@/lib/i18n.ts';
import { useProject } from '@/sync/project.tsx';
import { Banner } from '@/ui/Banner.tsx';
import { IconButton } from '@/ui/Button.tsx';
import { toast } from '@/ui/Toast.tsx';
import { getProjectMail } from './calls.ts';
import css from './project.module.css';

/** Where e-mail becomes insights of the project, when it was last read and what is wrong; nothing where it takes none. */
export function IncomingMail() {
  const { project } = useProject();
  const heading = useId();
  const { data } = useQuery({
    queryKey: ['project-mail', project.key],
    queryFn: ({ signal }) => getProjectMail(project.key, signal),
    // That it is read again shows without a reload.
    refetchInterval: 10_000,
  });
  const incoming = data?.incoming;
  if (!incoming) return null;
  const { address, read, trouble } = incoming;
  const copy = async () => {
    await navigator.clipboard.writeText(address);
    toast({ title: t('project.mail.copied') });
  };
  return (
    <section className={css.mail} aria-labelledby={heading}>
      <h2 id={heading} className={css.mailHeading}>
        {t('project.mail')}
      </h2>
      <p className={css.text}>{t('project.mail.text')}</p>
      <p className={css.address}>
        <a href={`mailto:${address}`}>{address}</a>
        <IconButton size="tiny" label={t('project.mail.copy')} icon={Copy} onClick={() => void copy()} />
      </p>
      {trouble && <Banner tone="danger">{t('project.mail.trouble', { why: trouble })}</Banner>}
      <p className={css.text}>
        {read ? (
          <time dateTime={read} title={formatMoment(read)}>
            {t('project.mail.read', { when: formatRelative(read) })}
          </time>
        ) : (
          t('project.mail.unread')
        )}
      </p>
    </section>
  );
}
