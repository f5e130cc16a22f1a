import { useEffect } from 'react';
import { client, send } from '@/api/client.ts';
import { useStore } from '@/lib/store.ts';
import type { ChangeStream } from './changes.ts';
import { useProject } from './project.tsx';
import type { Person } from './types.ts';

/** What a page shows, and what is being edited of the idea. */
export interface Spot {
  view?: number;
  idea?: number;
  /** A field such as f12, title, description or comment. */
  field?: string;
}

/** Says where a page is; tests bring their own. */
export type Report = (tab: string, spot: Spot) => Promise<unknown>;

const report: Report = (tab, spot) =>
  send(client.POST('/presence', { body: { tab, ...spot }, keepalive: true }));

const saysAfter = 120;
const hidesAfter = 1000;
const retriesAfter = 3000;

/** What one page says of itself: the parts of it claim where they are. */
export interface Room {
  /** Claims a place until the returned function is called; later claims stand over earlier ones. */
  claim: (spot: Spot) => () => void;
}

function makeRoom(stream: ChangeStream, say: Report): Room {
  const claims = new Map<symbol, Spot>();
  let said = '{}';
  let timer: ReturnType<typeof setTimeout> | undefined;
  const spot = (): Spot =>
    document.visibilityState === 'hidden' ? {} : Object.assign({}, ...claims.values());
  const tell = () => {
    const next = spot();
    const text = JSON.stringify(next);
    if (text === said) return;
    said = text;
    say(stream.tab, next).catch(() => {
      // Perhaps too many at once, or no connection: what is true then is said then.
      said = '';
      soon(retriesAfter);
    });
  };
  const soon = (after = saysAfter) => {
    clearTimeout(timer);
    timer = setTimeout(tell, after);
  };
  const seen = () => soon(document.visibilityState === 'hidden' ? hidesAfter : 0);
  let stop: (() => void) | undefined;
  const start = () => {
    document.addEventListener('visibilitychange', seen);
    // A server that begins anew knows nobody.
    const forget = stream.hellos.subscribe(() => {
      said = '{}';
      soon();
    });
    stop = () => {
      document.removeEventListener('visibilitychange', seen);
      forget();
    };
  };
  return {
    claim: (at) => {
      const name = Symbol('claim');
      if (claims.size === 0) start();
      claims.set(name, at);
      soon();
      return () => {
        claims.delete(name);
        if (claims.size === 0) stop?.();
        soon();
      };
    },
  };
}

const rooms = new WeakMap<ChangeStream, Room>();

/** The room of a page's stream. */
export function roomOf(stream: ChangeStream, say: Report = report): Room {
  const known = rooms.get(stream);
  if (known) return known;
  const room = makeRoom(stream, say);
  rooms.set(stream, room);
  return room;
}

/** Says that the page is there, while the caller is shown; undefined says nothing. */
export function useHere(spot: Spot | undefined): void {
  const { session, at } = useProject();
  const text = spot && at === undefined ? JSON.stringify(spot) : undefined;
  useEffect(() => {
    if (text === undefined) return;
    return roomOf(session.stream).claim(JSON.parse(text) as Spot);
  }, [session, text]);
}

/** Who else looks at the view or the idea, by name, and how many more. */
export function usePresent(at: { view: number } | { idea: number }): { people: Person[]; more: number } {
  const { session, person } = useProject();
  const around = useStore(session.stream.around);
  const group =
    'view' in at ? around?.view === at.view && around.inView : around?.idea === at.idea && around?.inIdea;
  if (!group) return { people: [], more: 0 };
  return { people: group.people.flatMap((id) => person(id) ?? []), more: group.more ?? 0 };
}

/** Somebody who is editing a part of an idea: a field, or title, description, comment. */
export interface Editor {
  person: Person;
  field: string;
}

/** Who else is editing what of an idea at this moment. */
export function useEditors(idea: number): Editor[] {
  const { session, person } = useProject();
  const around = useStore(session.stream.around);
  return (around?.editing ?? []).flatMap(({ user, idea: of, field }) => {
    const found = of === idea && person(user);
    return found ? [{ person: found, field }] : [];
  });
}
