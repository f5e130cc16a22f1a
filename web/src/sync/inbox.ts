import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { client, send } from '@/api/client.ts';
import type { components } from '@/api/schema.d.ts';
import { createStore } from '@/lib/store.ts';
import { askAgain } from './ask-again.ts';
import { openInboxStream } from './changes.ts';

type Schemas = components['schemas'];

/** One thing that happened, told to the person. */
export type Notice = Schemas['Notice'];
/** What becomes of one notice; what is left out stays. */
export type NoticeMark = Schemas['NoticeMark'];
/** Open ones, those that come back later, those that are done. */
export type InboxPart = 'open' | 'snoozed' | 'done';
/** What can be watched. */
export type Watched = { idea: number } | { view: number } | { insight: number } | { project: string };

const inboxKeys = { unread: ['inbox', 'unread'] as const, all: ['inbox'] as const };

/** The notices of a part of the inbox, newest first. */
export function useInbox(part: InboxPart) {
  return useQuery({
    queryKey: [...inboxKeys.all, part],
    queryFn: ({ signal }) => send(client.GET('/inbox', { params: { query: { part } }, signal })),
  });
}

/** Marks notices; resolves to the marks that take it back. */
export async function markNotices(marks: NoticeMark[]): Promise<NoticeMark[]> {
  return (await send(client.POST('/inbox/marks', { body: { marks } }))).marks ?? [];
}

/** The ideas, views and insights that unread notices are about, followed live on every page. */
export const freshThings = createStore<ReadonlySet<number>>(new Set());

/** How many notices are unread, followed live on every page. */
export function useUnread(): number {
  const queries = useQueryClient();
  useEffect(
    () =>
      openInboxStream((unread) => {
        queries.setQueryData(inboxKeys.unread, unread);
        void askAgain(queries, {
          predicate: ({ queryKey }) => queryKey[0] === 'inbox' && queryKey[1] !== 'unread',
        });
        void askAgain(queries, { queryKey: watchersKey });
      }),
    [queries],
  );
  const { data } = useQuery({
    queryKey: inboxKeys.unread,
    queryFn: ({ signal }) => send(client.GET('/inbox/unread', { signal })),
  });
  const fresh = data?.fresh;
  useEffect(() => freshThings.set(new Set(fresh)), [fresh]);
  return data?.unread ?? 0;
}

const watchersKey = ['watchers'] as const;
const watchedKey = (what: Watched) => [...watchersKey, JSON.stringify(what)] as const;

function getWatchers(what: Watched, signal: AbortSignal) {
  if ('idea' in what) {
    return send(
      client.GET('/ideas/{idea}/watchers', { params: { path: { idea: String(what.idea) } }, signal }),
    );
  }
  if ('view' in what) return send(client.GET('/views/{view}/watchers', { params: { path: what }, signal }));
  if ('insight' in what) {
    return send(client.GET('/insights/{insight}/watchers', { params: { path: what }, signal }));
  }
  return send(client.GET('/projects/{project}/watchers', { params: { path: what }, signal }));
}

/** Who hears of a thing, and how far the person has read about it; `anew` asks again for what is known. */
export function useWatchers(what: Watched, anew = false) {
  return useQuery({
    queryKey: watchedKey(what),
    queryFn: ({ signal }) => getWatchers(what, signal),
    ...(anew && { staleTime: 0 }),
  });
}

async function setWatch(what: Watched, on: boolean): Promise<void> {
  if ('idea' in what) {
    const params = { path: { idea: String(what.idea) } };
    await (on
      ? send(client.PUT('/ideas/{idea}/watch', { params }))
      : send(client.DELETE('/ideas/{idea}/watch', { params })));
  } else if ('view' in what) {
    const params = { path: what };
    await (on
      ? send(client.PUT('/views/{view}/watch', { params }))
      : send(client.DELETE('/views/{view}/watch', { params })));
  } else if ('insight' in what) {
    const params = { path: what };
    await (on
      ? send(client.PUT('/insights/{insight}/watch', { params }))
      : send(client.DELETE('/insights/{insight}/watch', { params })));
  } else {
    const params = { path: what };
    await (on
      ? send(client.PUT('/projects/{project}/watch', { params }))
      : send(client.DELETE('/projects/{project}/watch', { params })));
  }
}

/** A thing that the person watches. */
export type WatchedThing = Schemas['Watched'];

/** What the person watches, the newest first. */
export function useWatched() {
  return useQuery({
    queryKey: [...watchersKey, 'mine'],
    queryFn: ({ signal }) => send(client.GET('/account/watches', { signal })),
    staleTime: 0,
  });
}

/** Begins or ends watching. */
export function useSetWatch(what: Watched): (on: boolean) => Promise<void> {
  const queries = useQueryClient();
  return async (on) => {
    await setWatch(what, on);
    await queries.invalidateQueries({ queryKey: watchersKey });
  };
}

/** What one can have read: an idea, a view or an insight. */
export type Readable = Exclude<Watched, { project: string }>;

/** Notes that the person has seen a thing as it is. */
export async function markSeen(what: Readable): Promise<void> {
  if ('idea' in what) {
    const params = { path: { idea: String(what.idea) } };
    await send(client.PUT('/ideas/{idea}/seen', { params, body: {} }));
  } else if ('view' in what) {
    await send(client.PUT('/views/{view}/seen', { params: { path: what }, body: {} }));
  } else {
    await send(client.PUT('/insights/{insight}/seen', { params: { path: what }, body: {} }));
  }
}
