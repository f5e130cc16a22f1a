import { createStore, type Store } from '@/lib/store.ts';
import type { ChangeSet } from './types.ts';

/** Who else is at a place. */
export interface Group {
  people: readonly number[];
  /** How many more there are. */
  more?: number;
}

/** Who else is where this page is, as the stream tells it. */
export interface Around {
  view?: number;
  idea?: number;
  inView: Group;
  inIdea: Group;
  /** What is edited: of the idea, and of any idea of the project where the page shows a view. */
  editing: readonly { user: number; idea: number; field: string }[];
}

/** How the live stream stands. */
export type Connection = 'connecting' | 'live' | 'lost';

/** What the stream tells its listeners. */
export type StreamEvent =
  | { kind: 'change'; set: ChangeSet }
  /** What was missed is gone: load again what is shown. */
  | { kind: 'reset' };

/** The live stream of one project. */
export interface ChangeStream {
  /** The name of the page, by which it says where it is. */
  readonly tab: string;
  /** Who else is where the page is; undefined until it is told. */
  around: Store<Around | undefined>;
  /** How often a connection was made. */
  hellos: Store<number>;
  connection: Store<Connection>;
  /** Connects; until then nothing is heard. */
  open: () => void;
  /** Calls back for each event; returns how to stop. */
  listen: (heard: (event: StreamEvent) => void) => () => void;
  close: () => void;
}

/**
 * What the streams of this page share: every stream tells of the inbox, so it needs one of its own only while no project
 * is followed. A browser has six connections to a server for all its tabs.
 */
export interface Inbox {
  /** How many streams of projects are open. */
  projects: Store<number>;
  heard: Set<(unread: Unread) => void>;
}

/** The unread notices of the person: how many, and the ids of what they are about. */
export interface Unread {
  unread: number;
  fresh: number[];
}

/** A page's share, new. */
export const makeInbox = (): Inbox => ({ projects: createStore(0), heard: new Set() });

/** What the stream needs of the browser; tests bring their own. */
export interface StreamPlatform {
  /** Makes up the name of a page. */
  name: () => string;
  open: (url: string) => EventSource;
  wait: (run: () => void, ms: number) => () => void;
  inbox: Inbox;
}

const browser: StreamPlatform = {
  name: () =>
    [...crypto.getRandomValues(new Uint8Array(12))]
      .map((byte) => byte.toString(16).padStart(2, '0'))
      .join(''),
  open: (url) => new EventSource(url),
  wait: (run, ms) => {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
  inbox: makeInbox(),
};

/** Time after which a lost connection is said to be lost, in ms. */
export const lostAfter = 3000;
const retryAfter = [1000, 2000, 4000, 8000, 15_000];

function isChangeSet(value: unknown): value is ChangeSet {
  return typeof value === 'object' && value !== null && 'seq' in value && 'changes' in value;
}

function followInbox(source: EventSource, inbox: Inbox): void {
  source.addEventListener('inbox', (event) => {
    const told = JSON.parse(event.data) as Unread;
    for (const heard of [...inbox.heard]) heard(told);
  });
}

/** Follows a project's changes from a position in the log, else from now; comes back by itself, from where it was. */
export function makeStream(project: string, from?: number, platform: StreamPlatform = browser): ChangeStream {
  const { inbox } = platform;
  const tab = platform.name();
  const around = createStore<Around | undefined>(undefined);
  const hellos = createStore(0);
  const connection = createStore<Connection>('connecting');
  const listeners = new Set<(event: StreamEvent) => void>();
  let position = from === undefined ? undefined : String(from);
  let source: EventSource | undefined;
  let attempts = 0;
  let closed = false;
  let counted = false;
  let cancelLost: (() => void) | undefined;
  let cancelRetry: (() => void) | undefined;

  const tell = (event: StreamEvent) => {
    for (const heard of [...listeners]) heard(event);
  };
  const live = () => {
    attempts = 0;
    cancelLost?.();
    cancelLost = undefined;
    connection.set('live');
  };
  const lose = () => {
    cancelLost ??= platform.wait(() => {
      connection.set('lost');
      around.set(undefined);
    }, lostAfter);
  };
  const connect = () => {
    const since = position === undefined ? '' : `&from=${position}`;
    const opened = platform.open(`/api/v1/stream?project=${encodeURIComponent(project)}${since}&tab=${tab}`);
    source = opened;
    followInbox(opened, inbox);
    opened.addEventListener('hello', (event) => {
      position = event.lastEventId || position;
      live();
      hellos.set((many) => many + 1);
    });
    opened.addEventListener('presence', (event) => around.set(JSON.parse(event.data) as Around));
    opened.addEventListener('change', (event) => {
      position = event.lastEventId || position;
      const set: unknown = JSON.parse(event.data);
      if (isChangeSet(set)) tell({ kind: 'change', set });
    });
    opened.addEventListener('reset', (event) => {
      position = event.lastEventId || position;
      live();
      tell({ kind: 'reset' });
    });
    // The browser's own reconnecting gives up on any answer that is no stream, so it is done here.
    const again = () => {
      if (closed || source !== opened) return;
      opened.close();
      lose();
      const delay = retryAfter[Math.min(attempts, retryAfter.length - 1)] ?? 1000;
      attempts += 1;
      cancelRetry = platform.wait(connect, delay);
    };
    opened.addEventListener('bye', again);
    opened.addEventListener('error', again);
  };
  return {
    tab,
    around,
    hellos,
    connection,
    open: () => {
      if (!counted) inbox.projects.set(inbox.projects.get() + 1);
      counted = true;
      closed = false;
      lose();
      connect();
    },
    listen: (heard) => {
      listeners.add(heard);
      return () => listeners.delete(heard);
    },
    close: () => {
      if (counted) inbox.projects.set(inbox.projects.get() - 1);
      counted = false;
      closed = true;
      cancelLost?.();
      cancelRetry?.();
      cancelLost = undefined;
      source?.close();
    },
  };
}

/** Time that a page without an inbox has to open the stream of a project, in ms. */
export const inboxAfter = 1500;

/**
 * Follows how many notices wait for the person; returns how to stop. It outlives changes of the page, comes back by
 * itself, and has a connection of its own only while no project's stream is open.
 */
export function openInboxStream(
  heard: (unread: Unread) => void,
  platform: StreamPlatform = browser,
): () => void {
  const { inbox } = platform;
  let source: EventSource | undefined;
  let attempts = 0;
  let cancel: (() => void) | undefined;
  const connect = () => {
    const opened = platform.open('/api/v1/stream?only=inbox');
    source = opened;
    followInbox(opened, inbox);
    opened.addEventListener('hello', () => {
      attempts = 0;
    });
    const again = () => {
      if (source !== opened) return;
      opened.close();
      const delay = retryAfter[Math.min(attempts, retryAfter.length - 1)] ?? 1000;
      attempts += 1;
      cancel = platform.wait(connect, delay);
    };
    opened.addEventListener('bye', again);
    opened.addEventListener('error', again);
  };
  const disconnect = () => {
    cancel?.();
    cancel = undefined;
    source?.close();
    source = undefined;
  };
  let own = false;
  const choose = () => {
    const wanted = inbox.projects.get() === 0;
    if (wanted === own) return;
    own = wanted;
    if (wanted) cancel = platform.wait(connect, inboxAfter);
    else disconnect();
  };
  inbox.heard.add(heard);
  const forget = inbox.projects.subscribe(choose);
  choose();
  return () => {
    forget();
    inbox.heard.delete(heard);
    disconnect();
  };
}
