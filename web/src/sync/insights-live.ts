import { type Query, type QueryClient, type QueryKey, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { askAgain } from './ask-again.ts';
import type { StreamEvent } from './changes.ts';
import { concerned, type HeldInsights, inStep, type Written, writtenIn } from './insights-held.ts';
import { useOptionalProject } from './project.tsx';

/** The key of everything that is kept of insights and customers. */
export const evidenceKey = ['evidence'] as const;
/** The key of lists of insights; behind it stand the project, the stage and the words. */
export const listsKey = [...evidenceKey, 'project'] as const;

/** Asks for insights of a list. */
export type AskList = (which: { only?: readonly number[]; offset?: number }) => Promise<HeldInsights>;

/** How lists are asked for, by the query's hash; said by who shows them. */
const asks = new Map<string, AskList>();
/** The largest number of insights that is asked for singly. */
const mostAsked = 100;

/** Says how a list is asked for while it is shown; returns how to take that back. */
export function sayAsk(hash: string, ask: AskList): () => void {
  asks.set(hash, ask);
  return () => {
    if (asks.get(hash) === ask) asks.delete(hash);
  };
}

interface Line {
  ids: Set<number>;
  run?: Promise<void> | undefined;
  more?: Promise<void> | undefined;
}
const lines = new WeakMap<Query, Line>();

function lineOf(query: Query): Line {
  const line = lines.get(query) ?? { ids: new Set() };
  lines.set(query, line);
  return line;
}

const again = (queries: QueryClient, queryKey: QueryKey) => askAgain(queries, { queryKey, exact: true });

/** Brings what is kept of insights in step after something was written; of lists in sight, by asking for what is concerned. */
export async function bringInStep(queries: QueryClient, written: Written | undefined): Promise<void> {
  if (!written || written.fields) return askAgain(queries, { queryKey: evidenceKey });
  const lists = queries.getQueryCache().findAll({ queryKey: listsKey });
  await Promise.all([
    askAgain(queries, {
      queryKey: evidenceKey,
      predicate: ({ queryKey }) => isMoved(queryKey, written),
    }),
    ...lists.map((query) => stepList(queries, query, written)),
  ]);
}

function isMoved([, part, id]: QueryKey, written: Written): boolean {
  if (part === 'suggestions') return written.words;
  if (part === 'one')
    return written.insights.has(Number(id)) || written.links.size + written.customers.size > 0;
  return part !== 'project' && part !== 'customer-fields';
}

async function stepList(queries: QueryClient, query: Query, written: Written): Promise<void> {
  const held = query.state.data as HeldInsights | undefined;
  if (!query.isActive())
    return queries.invalidateQueries({ queryKey: query.queryKey, exact: true, refetchType: 'none' });
  const ask = asks.get(query.queryHash);
  if (!held || !ask || query.state.fetchStatus === 'fetching') return again(queries, query.queryKey);
  const ids = concerned(held, written);
  if (ids.length > mostAsked) return again(queries, query.queryKey);
  const line = lineOf(query);
  for (const id of ids) line.ids.add(id);
  line.run ??= Promise.resolve()
    .then(() => drain(queries, query, ask))
    .finally(() => {
      line.run = undefined;
    });
  return line.run;
}

/** Asks for what waits until nothing does; what is written meanwhile waits for the next turn. */
async function drain(queries: QueryClient, query: Query, ask: AskList): Promise<void> {
  const { ids } = lineOf(query);
  while (ids.size > 0) {
    const only = [...ids];
    ids.clear();
    const held = query.state.data as HeldInsights | undefined;
    if (!held) return;
    const answer = await ask({ only }).catch(() => undefined);
    if (answer && query.state.data !== held) {
      for (const id of only) ids.add(id); // what is held became another meanwhile
      continue;
    }
    const next = answer && inStep(held, only, answer, query.queryKey[4] !== '');
    if (!next) return again(queries, query.queryKey);
    queries.setQueryData(query.queryKey, next);
  }
}

/** Loads the next insights of a list behind those that are held. */
export function loadMore(queries: QueryClient, queryKey: QueryKey): Promise<void> {
  const query = queries.getQueryCache().find({ queryKey, exact: true });
  if (!query) return Promise.resolve();
  const line = lineOf(query);
  line.more ??= append(queries, query).finally(() => {
    line.more = undefined;
  });
  return line.more;
}

async function append(queries: QueryClient, query: Query): Promise<void> {
  for (;;) {
    const held = query.state.data as HeldInsights | undefined;
    const ask = asks.get(query.queryHash);
    const last = held?.insights.at(-1);
    if (!held || !ask || !last || query.state.fetchStatus === 'fetching') return;
    const answer = await ask({ offset: held.insights.length - 1 }).catch(() => undefined);
    if (!answer) return again(queries, query.queryKey);
    if (query.state.data !== held) continue;
    const [first, ...next] = answer.insights;
    // The list moved under what is held, and nobody has told yet.
    if (first?.id !== last.id) return again(queries, query.queryKey);
    queries.setQueryData(query.queryKey, { ...answer, insights: [...held.insights, ...next] });
    return;
  }
}

/** Groups that are written here: whoever writes them brings everything in step once they are answered. */
const own = new Set<string>();
const mostOwn = 50;

/** Writes a group of insights, and brings everything in step; `written` says what of its answer. */
export async function writeInStep<T>(
  queries: QueryClient,
  group: string,
  write: () => Promise<T>,
  written: (answer: T) => Written | undefined,
): Promise<T> {
  own.add(group);
  const [oldest] = own;
  if (own.size > mostOwn && oldest !== undefined) own.delete(oldest);
  let what: Written | undefined;
  try {
    const answer = await write();
    what = written(answer);
    return answer;
  } finally {
    await bringInStep(queries, what);
  }
}

const heard = new WeakSet<StreamEvent>();

function hear(queries: QueryClient, event: StreamEvent): void {
  if (heard.has(event)) return; // by another part of the same page
  heard.add(event);
  if (event.kind === 'reset' || event.set.bulk !== undefined) {
    void bringInStep(queries, undefined);
    return;
  }
  if (event.set.group && own.has(event.set.group)) return;
  const written = writtenIn(event.set.changes);
  if (written) void bringInStep(queries, written);
}

/** Keeps what is held of insights and customers in step with what others write. */
export function useEvidenceLive(): void {
  const session = useOptionalProject()?.session;
  const queries = useQueryClient();
  useEffect(() => session?.stream.listen((event) => hear(queries, event)), [session, queries]);
}
