import { createContext, useCallback, useContext, useSyncExternalStore } from 'react';
import { t } from '@/lib/i18n.ts';
import { freshThings } from '@/sync/inbox.ts';
import css from './fresh.module.css';

/** Whether there are unread notices about a thing. */
export function useFresh(id: number | undefined): boolean {
  const has = useCallback(() => id !== undefined && freshThings.get().has(id), [id]);
  return useSyncExternalStore(freshThings.subscribe, has);
}

/** A quiet dot at an idea about which there is something unread. `id` names its words, for who describes something by them. */
export function FreshDot({ idea, id }: { idea: number; id?: string }) {
  return useFresh(idea) ? <Dot id={id} /> : null;
}

/** Until when the reader had seen the thing around before they came; undefined where nothing is marked as new. */
export const SeenBefore = createContext<string | undefined>(undefined);

/** Whether what somebody wrote at a moment is new to a reader who had seen all until another. */
export function isNew(
  before: string | undefined,
  by: { author: number | undefined; at: string; me: number },
): boolean {
  return before !== undefined && by.author !== by.me && Date.parse(by.at) > Date.parse(before);
}

/** A dot at what somebody has written since the reader last looked. */
export function NewDot(by: { author: number | undefined; at: string; me: number }) {
  return isNew(useContext(SeenBefore), by) ? <Dot /> : null;
}

/** The dot itself. */
export function Dot({ id }: { id?: string | undefined }) {
  return (
    <span id={id} className={css.dot} data-fresh="" title={t('view.fresh')}>
      <span className="visually-hidden">{t('view.fresh')}</span>
    </span>
  );
}
