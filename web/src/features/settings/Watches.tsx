import '@/lib/messages/later/inbox.ts';
import { Bell, BellOff } from 'lucide-react';
import { useId, useState } from 'react';
import { Link } from 'wouter';
import { t } from '@/lib/i18n.ts';
import { paths } from '@/lib/routes.ts';
import { useSetWatch, useWatched, type Watched, type WatchedThing } from '@/sync/inbox.ts';
import { Button } from '@/ui/Button.tsx';
import { EmptyState } from '@/ui/EmptyState.tsx';
import { TextField } from '@/ui/TextField.tsx';
import { toast, toastFailure } from '@/ui/Toast.tsx';
import { Listing } from './Listing.tsx';
import css from './settings.module.css';

/** How many lines show before one asks for the others, and before there is a field to find some. */
const few = 20;

/** What the person watches, each with a button that ends it. */
export function Watches() {
  const heading = useId();
  const { data, error } = useWatched();
  const [text, setText] = useState('');
  const [all, setAll] = useState(false);
  const sought = text.trim().toLocaleLowerCase();
  const found = data?.watches?.filter(({ title, key = '', project }) =>
    `${key} ${title} ${project}`.toLocaleLowerCase().includes(sought),
  );
  const hidden = all || !found ? 0 : Math.max(0, found.length - few);
  return (
    <section className={css.part} aria-labelledby={heading}>
      <h2 id={heading} className={css.heading}>
        {t('settings.watches')}
      </h2>
      {(data?.watches?.length ?? 0) > few && (
        <TextField
          type="search"
          aria-label={t('settings.watches.find')}
          placeholder={t('settings.watches.find')}
          value={text}
          onValueChange={setText}
        />
      )}
      <Listing
        label={t('settings.watches')}
        items={hidden > 0 ? found?.slice(0, few) : found}
        error={error}
        empty={
          <EmptyState icon={Bell} title={t(sought ? 'settings.watches.notFound' : 'settings.watches.none')}>
            {t(sought ? 'settings.watches.notFoundText' : 'settings.watches.noneText')}
          </EmptyState>
        }
      >
        {(thing) => <WatchLine key={thing.target} thing={thing} />}
      </Listing>
      {hidden > 0 && (
        <Button className={css.start} onClick={() => setAll(true)}>
          {t('settings.watches.all', { n: hidden })}
        </Button>
      )}
      {data?.more && hidden === 0 && <p className={css.quiet}>{t('settings.watches.more')}</p>}
    </section>
  );
}

function whatOf({ on, target, project }: WatchedThing): Watched {
  if (on === 'idea') return { idea: target };
  if (on === 'insight') return { insight: target };
  return on === 'view' ? { view: target } : { project };
}

function hrefOf({ on, target, project, key = '' }: WatchedThing): string {
  if (on === 'idea') return paths.idea(key);
  if (on === 'insight') return paths.insight(project, target);
  return on === 'view' ? paths.view(project, target) : paths.project(project);
}

function WatchLine({ thing }: { thing: WatchedThing }) {
  const set = useSetWatch(whatOf(thing));
  const [busy, setBusy] = useState(false);
  const { key, title, on, project, why } = thing;
  const turn = async (to: boolean) => {
    setBusy(true);
    try {
      await set(to);
      toast({
        id: 'watch',
        title: t(to ? 'inbox.watch.started' : 'inbox.watch.stopped'),
        ...(!to && { undo: () => void turn(true) }),
      });
    } catch (error) {
      toastFailure(error);
    }
    setBusy(false);
  };
  return (
    <li className={css.line}>
      <div className={css.grow}>
        <Link className={css.name} href={hrefOf(thing)}>
          {key && <span className={css.quiet}>{key} </span>}
          {title}
        </Link>
        <span className={css.quiet}>
          {t(`settings.watches.on.${on}`, { project })} · {t(`inbox.why.${why}`)}
        </span>
      </div>
      <Button
        icon={BellOff}
        busy={busy}
        aria-label={t('settings.watches.stopNamed', { title })}
        onClick={() => void turn(false)}
      >
        {t('inbox.watch.stop')}
      </Button>
    </li>
  );
}
