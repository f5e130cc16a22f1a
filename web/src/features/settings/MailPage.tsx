import { useQuery, useQueryClient } from '@tanstack/react-query';
import { MailCheck, MailX, RotateCcw, Send, Trash2 } from 'lucide-react';
import { useId, useState } from 'react';
import { useSend } from '@/api/use-send.ts';
import { formatList, formatMoment, formatRelative } from '@/lib/format.ts';
import { t } from '@/lib/i18n.ts';
import { useAccount } from '@/sync/session.tsx';
import { Badge } from '@/ui/Badge.tsx';
import { Banner } from '@/ui/Banner.tsx';
import { Button, IconButton } from '@/ui/Button.tsx';
import { ConfirmDialog } from '@/ui/ConfirmDialog.tsx';
import { EmptyState } from '@/ui/EmptyState.tsx';
import { Skeleton } from '@/ui/Skeleton.tsx';
import { toast, toastFailure } from '@/ui/Toast.tsx';
import { getMail, handleMails, type MailNow, type QueuedMail, settingsKeys, testMail } from './calls.ts';
import { Listing } from './Listing.tsx';
import css from './settings.module.css';

/** How e-mail goes and comes: a test, what waits or was given up and why, and the mailbox. */
export function MailPage() {
  const { data, error } = useQuery({
    queryKey: settingsKeys.mail,
    queryFn: ({ signal }) => getMail(signal),
    // What is sent, or given up, shows without a reload.
    refetchInterval: 5_000,
  });
  if (!data) return error ? <Banner tone="danger">{error.message}</Banner> : <Skeleton height="96px" />;
  return (
    <div className={css.section}>
      {data.configured ? (
        <>
          <Outgoing />
          <Queue mail={data} error={error} />
        </>
      ) : (
        <EmptyState icon={MailX} title={t('settings.mail.off')}>
          {t('settings.mail.offText')}
        </EmptyState>
      )}
      <Incoming incoming={data.incoming} />
    </div>
  );
}

function Outgoing() {
  const heading = useId();
  const { email = '' } = useAccount();
  const { busy, failure, send } = useSend();
  const test = async () => {
    if (await send(testMail)) toast({ title: t('settings.mail.tested', { email }) });
  };
  return (
    <section className={css.part} aria-labelledby={heading}>
      <div className={css.head}>
        <h2 id={heading} className={css.heading}>
          {t('settings.mail.out')}
        </h2>
        <Button icon={Send} busy={busy} onClick={() => void test()}>
          {t('settings.mail.test')}
        </Button>
      </div>
      <p className={css.text}>{t('settings.mail.outText', { email })}</p>
      {failure && <Banner tone="danger">{failure.message}</Banner>}
    </section>
  );
}

function Queue({ mail, error }: { mail: MailNow; error: Error | null }) {
  const heading = useId();
  const [dropping, setDropping] = useState(false);
  const { waiting, failed } = mail;
  const handle = useHandle();
  const shown = mail.mails?.length ?? 0;
  return (
    <section className={css.part} aria-labelledby={heading}>
      <div className={css.head}>
        <h2 id={heading} className={css.heading}>
          {t('settings.mail.queue')}
        </h2>
        {waiting + failed > 0 && (
          <span className={css.named}>
            <Button icon={RotateCcw} onClick={() => void handle('retry')}>
              {t('settings.mail.retryAll')}
            </Button>
            <Button icon={Trash2} onClick={() => setDropping(true)}>
              {t('settings.mail.dropAll')}
            </Button>
          </span>
        )}
      </div>
      <p className={css.text}>{t('settings.mail.counts', { waiting, failed })}</p>
      <Listing
        label={t('settings.mail.queue')}
        items={mail.mails ?? []}
        error={error}
        empty={
          <EmptyState icon={MailCheck} title={t('settings.mail.empty')}>
            {t('settings.mail.emptyText')}
          </EmptyState>
        }
      >
        {(one) => <MailLine key={one.id} mail={one} onHandle={handle} />}
      </Listing>
      {shown < waiting + failed && (
        <p className={css.quiet}>{t('settings.mail.others', { n: waiting + failed - shown })}</p>
      )}
      {dropping && (
        <ConfirmDialog
          open
          onOpenChange={setDropping}
          title={t('settings.mail.dropAllTitle', { n: waiting + failed })}
          confirm={t('settings.mail.dropAll')}
          onConfirm={() => void handle('discard').then(() => setDropping(false))}
        >
          <p>{t('settings.mail.dropAllText')}</p>
        </ConfirmDialog>
      )}
    </section>
  );
}

type Handle = (action: 'retry' | 'discard', ids?: string[]) => Promise<void>;

function useHandle(): Handle {
  const queries = useQueryClient();
  return async (action, ids) => {
    try {
      const n = await handleMails(action, ids);
      toast({ id: 'mail', title: t(`settings.mail.done.${action}`, { n }) });
    } catch (error) {
      toastFailure(error);
    }
    await queries.invalidateQueries({ queryKey: settingsKeys.mail });
  };
}

const tones = { waiting: 'neutral', sending: 'accent', failed: 'danger' } as const;

function MailLine({ mail, onHandle }: { mail: QueuedMail; onHandle: Handle }) {
  const { id, to, subject, state, attempts, error, since, next } = mail;
  const [busy, setBusy] = useState(false);
  const handle = async (action: 'retry' | 'discard') => {
    setBusy(true);
    await onHandle(action, [id]);
    setBusy(false);
  };
  // What was tried in vain says so, though it is tried again.
  const tone = state === 'waiting' && error ? 'warning' : tones[state];
  return (
    <li className={css.line}>
      <div className={css.grow}>
        <span className={css.named}>
          <span className={css.name}>{subject}</span>
          <Badge tone={tone}>{t(`settings.mail.state.${state}`)}</Badge>
        </span>
        <span className={css.quiet}>
          {to}
          {' · '}
          <time dateTime={since} title={formatMoment(since)}>
            {formatRelative(since)}
          </time>
          {attempts > 0 && ` · ${t('settings.mail.attempts', { n: attempts })}`}
          {next && attempts > 0 && ` · ${t('settings.mail.next', { when: formatMoment(next) })}`}
        </span>
      </div>
      {state !== 'sending' && (
        <>
          <Button
            busy={busy}
            aria-label={t('settings.mail.retryNamed', { subject, to })}
            onClick={() => void handle('retry')}
          >
            {t('settings.mail.retry')}
          </Button>
          <IconButton
            label={t('settings.mail.dropNamed', { subject, to })}
            icon={Trash2}
            onClick={() => void handle('discard')}
          />
        </>
      )}
      {error && <p className={css.refused}>{error}</p>}
    </li>
  );
}

function Incoming({ incoming }: { incoming: MailNow['incoming'] }) {
  const heading = useId();
  return (
    <section className={css.part} aria-labelledby={heading}>
      <h2 id={heading} className={css.heading}>
        {t('settings.mail.in')}
      </h2>
      {incoming ? (
        <>
          <p className={css.text}>
            {t('settings.mail.inText', {
              address: incoming.address,
              projects: formatList(incoming.projects ?? []),
            })}
          </p>
          {incoming.trouble ? (
            <Banner tone="danger">{t('settings.mail.trouble', { why: incoming.trouble })}</Banner>
          ) : (
            <p className={css.named}>
              <Badge tone="success">{t('settings.mail.reads')}</Badge>
            </p>
          )}
          {incoming.read && (
            <p className={css.quiet}>
              <time dateTime={incoming.read} title={formatMoment(incoming.read)}>
                {t('settings.mail.lastRead', { when: formatRelative(incoming.read) })}
              </time>
            </p>
          )}
        </>
      ) : (
        <p className={css.text}>{t('settings.mail.inOff')}</p>
      )}
    </section>
  );
}
