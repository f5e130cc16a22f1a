import '@/lib/messages/later/hooks.ts';
import { useQuery } from '@tanstack/react-query';
import { Plus, Webhook } from 'lucide-react';
import { useState } from 'react';
import { t } from '@/lib/i18n.ts';
import { Button } from '@/ui/Button.tsx';
import { EmptyState } from '@/ui/EmptyState.tsx';
import { Listing } from '../Listing.tsx';
import { Secret } from '../Secret.tsx';
import css from '../settings.module.css';
import { getHooks, hookKeys, type ShownSecret } from './calls.ts';
import { HookDialog } from './HookDialog.tsx';
import { HookLine } from './HookLine.tsx';

/** The webhooks that the person administers. */
export function Hooks() {
  const [making, setMaking] = useState(false);
  const [shown, setShown] = useState<ShownSecret>();
  const { data, error } = useQuery({
    queryKey: hookKeys.all,
    queryFn: ({ signal }) => getHooks(signal),
    // What is tried again, or was paused by itself, shows without a reload.
    refetchInterval: 15_000,
  });
  return (
    <div className={css.part}>
      <div className={css.head}>
        <p className={css.text}>{t('hooks.text')}</p>
        <Button icon={Plus} onClick={() => setMaking(true)}>
          {t('hooks.new')}
        </Button>
      </div>
      {shown && (
        <Secret
          key={shown.secret}
          label={t('hooks.secretOf', { name: shown.name })}
          value={shown.secret}
          hint={t('hooks.secretOnce')}
          onDone={() => setShown(undefined)}
        />
      )}
      <Listing
        label={t('settings.webhooks')}
        items={data?.hooks ?? undefined}
        error={error}
        empty={
          <EmptyState icon={Webhook} title={t('hooks.none')}>
            {t('hooks.noneText')}
          </EmptyState>
        }
      >
        {(hook) => <HookLine key={hook.id} hook={hook} onSecret={setShown} />}
      </Listing>
      {making && <HookDialog onMade={setShown} onClose={() => setMaking(false)} />}
    </div>
  );
}
