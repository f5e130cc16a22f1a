import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { useSend } from '@/api/use-send.ts';
import { formatMoment, formatRelative } from '@/lib/format.ts';
import { t } from '@/lib/i18n.ts';
import { paths } from '@/lib/routes.ts';
import { Badge } from '@/ui/Badge.tsx';
import { Banner } from '@/ui/Banner.tsx';
import { Button } from '@/ui/Button.tsx';
import { ConfirmDialog } from '@/ui/ConfirmDialog.tsx';
import { toast } from '@/ui/Toast.tsx';
import { endSession, getSessions, type SignedInOn, settingsKeys, signOutEverywhere } from './calls.ts';
import { Listing } from './Listing.tsx';
import css from './settings.module.css';

/** Where one is signed in; ends one session or all of them. */
export function Sessions() {
  const heading = useId();
  const [asking, setAsking] = useState(false);
  const { data, error } = useQuery({
    queryKey: settingsKeys.sessions,
    queryFn: ({ signal }) => getSessions(signal),
  });
  return (
    <section className={css.part} aria-labelledby={heading}>
      <div className={css.head}>
        <h2 id={heading} className={css.heading}>
          {t('settings.sessions')}
        </h2>
        <Button onClick={() => setAsking(true)}>{t('settings.signOutEverywhere')}</Button>
      </div>
      <p className={css.text}>{t('settings.sessionsText')}</p>
      <Listing label={t('settings.sessions')} items={data} error={error} empty={null}>
        {(session) => <SessionLine key={session.id} session={session} />}
      </Listing>
      {asking && <EverywhereDialog onClose={() => setAsking(false)} />}
    </section>
  );
}

function SessionLine({ session }: { session: SignedInOn }) {
  const queries = useQueryClient();
  const { busy, failure, send } = useSend();
  const end = async () => {
    if (!(await send(() => endSession(session.id)))) return;
    toast({ title: t('settings.sessionEnded', { device: session.device }) });
    await queries.invalidateQueries({ queryKey: settingsKeys.sessions });
  };
  return (
    <li className={css.line}>
      <div className={css.grow}>
        <span className={css.name}>{session.device}</span>
        <span className={css.quiet} title={formatMoment(session.lastSeen)}>
          {t('settings.lastSeen', { when: formatRelative(session.lastSeen) })}
          {session.address && ` · ${session.address}`}
        </span>
      </div>
      {session.current ? (
        <Badge tone="success">{t('settings.thisBrowser')}</Badge>
      ) : (
        <Button
          busy={busy}
          aria-label={t('settings.endSessionOn', { device: session.device })}
          onClick={() => void end()}
        >
          {t('settings.endSession')}
        </Button>
      )}
      {failure && <p className={css.refused}>{failure.message}</p>}
    </li>
  );
}

function EverywhereDialog({ onClose }: { onClose: () => void }) {
  const { busy, failure, send } = useSend();
  const leave = async () => {
    // A fresh page also drops what other stores hold in memory.
    if (await send(signOutEverywhere)) location.assign(paths.signIn());
  };
  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      title={t('settings.everywhereTitle')}
      confirm={t('settings.signOutEverywhere')}
      busy={busy}
      onConfirm={() => void leave()}
    >
      <div className={css.stack}>
        <p>{t('settings.everywhereText')}</p>
        {failure && <Banner tone="danger">{failure.message}</Banner>}
      </div>
    </ConfirmDialog>
  );
}
