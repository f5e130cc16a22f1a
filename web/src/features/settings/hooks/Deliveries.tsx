import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import { ChevronDown, ChevronRight, RotateCcw, Send } from 'lucide-react';
import { useState } from 'react';
import { formatMoment, formatRelative } from '@/lib/format.ts';
import { t } from '@/lib/i18n.ts';
import { Badge } from '@/ui/Badge.tsx';
import { Banner } from '@/ui/Banner.tsx';
import { Button, IconButton } from '@/ui/Button.tsx';
import { Dialog } from '@/ui/Dialog.tsx';
import { EmptyState } from '@/ui/EmptyState.tsx';
import { Segments } from '@/ui/Segments.tsx';
import { Skeleton } from '@/ui/Skeleton.tsx';
import { toast } from '@/ui/Toast.tsx';
import settings from '../settings.module.css';
import {
  type Delivery,
  type DeliveryTry,
  getDeliveries,
  getDelivery,
  type Hook,
  hookKeys,
  replay,
} from './calls.ts';
import css from './hooks.module.css';

const tones = { sent: 'success', waiting: 'warning', failed: 'danger' } as const;
const month = 30 * 86_400_000;

/** What was sent to a webhook's target and what it answered. */
export function Deliveries({ hook, onClose }: { hook: Hook; onClose: () => void }) {
  const [only, setOnly] = useState<'all' | 'failed'>('all');
  const queries = useQueryClient();
  const { data, error, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery({
    queryKey: [...hookKeys.deliveries(hook.id), only],
    queryFn: ({ pageParam, signal }) =>
      getDeliveries(
        hook.id,
        { ...(only === 'failed' && { state: 'failed' }), ...(pageParam && { after: pageParam }) },
        signal,
      ),
    initialPageParam: '',
    getNextPageParam: (last) => (last.more ? last.deliveries?.at(-1)?.id : undefined),
    refetchInterval: 5_000,
  });
  const list = data?.pages.flatMap(({ deliveries }) => deliveries ?? []);
  const again = async (what: Parameters<typeof replay>[1]) => {
    try {
      const { count, delivery } = await replay(hook.id, what);
      const failed = delivery?.state === 'failed' && delivery.tries?.at(-1)?.error;
      if (failed) toast({ title: t('hooks.againFailed', { why: failed }), tone: 'error' });
      else if (delivery?.state === 'waiting') toast({ title: t('hooks.tryingNow') });
      else toast({ title: delivery ? t('hooks.againSent') : t('hooks.againMany', { n: count }) });
    } catch (refused) {
      toast({ title: refused instanceof Error ? refused.message : String(refused), tone: 'error' });
    }
    await queries.invalidateQueries({ queryKey: hookKeys.all });
  };
  const failedSince = () => new Date(Date.now() - month).toISOString();
  return (
    <Dialog
      open
      size="large"
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      title={t('hooks.deliveriesOf', { name: hook.name })}
      footer={
        <>
          <Button icon={RotateCcw} onClick={() => void again({ failedSince: failedSince() })}>
            {t('hooks.againFailedAll')}
          </Button>
          <Button tone="primary" onClick={onClose}>
            {t('ui.close')}
          </Button>
        </>
      }
    >
      <div className={settings.stack}>
        <Segments
          label={t('hooks.show')}
          options={[
            { value: 'all', label: t('hooks.all') },
            { value: 'failed', label: t('hooks.state.failed') },
          ]}
          value={only}
          onValueChange={setOnly}
        />
        {error && !data && <Banner tone="danger">{error.message}</Banner>}
        {!list && !error && <Skeleton height="160px" />}
        {list?.length === 0 && (
          <EmptyState icon={Send} title={t(`hooks.noDeliveries.${only}`)}>
            {t(`hooks.noDeliveries.${only}Text`)}
          </EmptyState>
        )}
        {list && list.length > 0 && (
          <ul className={settings.list} aria-label={t('hooks.deliveries')}>
            {list.map((delivery) => (
              <DeliveryLine key={delivery.id} hook={hook} delivery={delivery} onAgain={again} />
            ))}
          </ul>
        )}
        {hasNextPage && (
          <Button busy={isFetchingNextPage} onClick={() => void fetchNextPage()}>
            {t('hooks.older')}
          </Button>
        )}
      </div>
    </Dialog>
  );
}

interface DeliveryLineProps {
  hook: Hook;
  delivery: Delivery;
  onAgain: (what: { delivery: string }) => Promise<void>;
}

function DeliveryLine({ hook, delivery, onAgain }: DeliveryLineProps) {
  const [open, setOpen] = useState(false);
  const [busy, setBusy] = useState(false);
  const { id, state, type, at, count, seq } = delivery;
  const last = delivery.tries?.at(-1);
  const waits = state === 'waiting';
  const name = type === 'test' ? t('hooks.testMessage') : t('hooks.changeSet', { seq: seq ?? 0 });
  const again = async () => {
    setBusy(true);
    await onAgain({ delivery: id });
    setBusy(false);
  };
  return (
    <li className={settings.line}>
      <IconButton
        label={t(open ? 'hooks.fold' : 'hooks.unfold', { name })}
        icon={open ? ChevronDown : ChevronRight}
        aria-expanded={open}
        onClick={() => setOpen(!open)}
      />
      <div className={settings.grow}>
        <span className={settings.named}>
          <span className={settings.name}>{name}</span>
          <Badge tone={tones[state]}>{t(`hooks.state.${state}`)}</Badge>
        </span>
        <span className={settings.quiet}>
          <time dateTime={at} title={formatMoment(at)}>
            {formatRelative(at)}
          </time>
          {' · '}
          {t('hooks.attempts', { n: count })}
          {last && ` · ${last.error ?? t('hooks.answered', { status: last.status ?? 0, took: last.took })}`}
        </span>
      </div>
      <Button
        busy={busy}
        onClick={() => void again()}
        aria-label={t(waits ? 'hooks.nowNamed' : 'hooks.againNamed', { name })}
      >
        {t(waits ? 'hooks.now' : 'hooks.again')}
      </Button>
      {open && <Exchange hook={hook} delivery={delivery} />}
    </li>
  );
}

/** What was sent, and attempt by attempt what came back. */
function Exchange({ hook, delivery: { id, tries } }: { hook: Hook; delivery: Delivery }) {
  const { data } = useQuery({
    queryKey: hookKeys.delivery(hook.id, id),
    queryFn: ({ signal }) => getDelivery(hook.id, id, signal),
  });
  return (
    <div className={css.exchange}>
      <h3 className={css.heading}>{t('hooks.sent')}</h3>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and keys must reach that */}
      <section className={css.text} tabIndex={0} aria-label={t('hooks.sent')}>
        <pre>{data ? pretty(data.body) : '…'}</pre>
      </section>
      <h3 className={css.heading}>{t('hooks.answers')}</h3>
      <ol className={css.tries}>
        {tries?.map((attempt) => (
          <Attempt key={attempt.at} attempt={attempt} />
        ))}
      </ol>
    </div>
  );
}

function Attempt({ attempt: { at, took, status, answer, error, replay: again } }: { attempt: DeliveryTry }) {
  return (
    <li>
      <span className={settings.quiet}>
        {formatMoment(at)}
        {' · '}
        {t('hooks.took', { took })}
        {status ? ` · ${status}` : ''}
        {again ? ` · ${t('hooks.byHand')}` : ''}
      </span>
      {error && <p className={css.error}>{error}</p>}
      {answer && <pre className={css.text}>{answer}</pre>}
    </li>
  );
}

function pretty(body: string | undefined): string {
  if (!body) return t('hooks.bodyGone');
  try {
    return JSON.stringify(JSON.parse(body), null, 2);
  } catch {
    return body;
  }
}
