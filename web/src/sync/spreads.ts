import { client, send } from '@/api/client.ts';
import type { components } from '@/api/schema.d.ts';
import { createStore, type Store } from '@/lib/store.ts';
import type { Ref } from './types.ts';

/** Where a value lies, 9 times in 10. */
export interface Spread {
  low: number;
  high: number;
}
/** The spreads of one idea's fields; those that are certain are absent. */
export type RowSpreads = Readonly<Record<Ref, Spread>>;
/** The scale of each field: where most of its likely values lie, and all spreads that were shown. */
export type SpreadScales = Readonly<Record<Ref, { from: number; to: number }>>;

/** What is known of where scores may lie. */
export interface SpreadState {
  /** By idea. A row stays the same object until its spreads change. */
  rows: ReadonlyMap<number, RowSpreads>;
  scales: SpreadScales;
}

/** What is visible, and the change set that it reflects. */
export interface SpreadQuestion {
  ids: readonly number[];
  fields: readonly Ref[];
  seq: number;
}

/** An answer of the server. */
export type SpreadAnswer = components['schemas']['FieldSpreads'][];
/** Asks the server. */
export type AskSpreads = (question: SpreadQuestion, signal: AbortSignal) => Promise<SpreadAnswer>;

/** The spreads of what is visible. Known ones stay until newer ones have come. */
export interface Spreads {
  state: Store<SpreadState>;
  /** Says what is visible; asks for what is missing once nothing else has become visible for a moment. */
  show: (question: SpreadQuestion) => void;
  close: () => void;
}

/** Asks the server of a project. */
export function askSpreadsOf(project: string): AskSpreads {
  return async ({ fields, ids }, signal) => {
    const body = { fields: [...fields], ids: [...ids] };
    const params = { path: { project } };
    const answer = await send(
      client.POST('/projects/{project}/uncertainty/spreads', { params, body, signal }),
    );
    return answer.fields ?? [];
  };
}

/** How one value is distributed; null where it is certain. */
export async function askBars(
  project: string,
  { idea, field }: { idea: number; field: Ref },
  signal: AbortSignal,
): Promise<components['schemas']['Bars'] | null> {
  const body = { fields: [field], ids: [idea], bars: true };
  const params = { path: { project } };
  const answer = await send(client.POST('/projects/{project}/uncertainty/spreads', { params, body, signal }));
  return answer.fields?.[0]?.ideas?.[0]?.bars ?? null;
}

const nothing: SpreadState = { rows: new Map(), scales: {} };
/** Ideas that one request names at most. */
const most = 200;

/** Makes the spreads of one list. `settle` is how long, in ms, it waits after what is visible has changed. */
export function createSpreads(ask: AskSpreads, settle = 160): Spreads {
  const state = createStore<SpreadState>(nothing);
  const fresh = new Map<number, string>();
  let wanted: SpreadQuestion | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let flight: AbortController | undefined;

  const stamp = ({ fields, seq }: SpreadQuestion) => `${seq} ${fields.join()}`;
  const missing = (question: SpreadQuestion) =>
    question.ids.filter((id) => fresh.get(id) !== stamp(question)).slice(0, most);
  const fly = async () => {
    timer = undefined;
    if (!wanted || flight) return;
    const question = { ...wanted, ids: missing(wanted) };
    if (question.ids.length === 0) return;
    const own = new AbortController();
    flight = own;
    try {
      const answer = await ask(question, own.signal);
      if (own.signal.aborted) return;
      for (const id of question.ids) fresh.set(id, stamp(question));
      state.set((last) => taken(last, question.ids, answer));
      flight = undefined;
      // What became visible meanwhile, or changed.
      if (wanted && missing(wanted).length > 0) timer ??= setTimeout(fly, settle);
    } catch {
      // Bars are an extra: without them the list says all it has to. The next look asks again.
      flight = undefined;
    }
  };
  return {
    state,
    show: (question) => {
      const moved = question.ids.join() !== wanted?.ids.join();
      wanted = question;
      if (missing(question).length === 0) return;
      if (moved) clearTimeout(timer);
      if (moved || timer === undefined) timer = setTimeout(fly, settle);
    },
    close: () => {
      clearTimeout(timer);
      wanted = undefined;
      flight?.abort();
      flight = undefined;
    },
  };
}

/** The state with an answer for some ideas. */
function taken(last: SpreadState, ids: readonly number[], answer: SpreadAnswer): SpreadState {
  const found = new Map<number, Record<Ref, Spread>>();
  const scales: Record<Ref, { from: number; to: number }> = { ...last.scales };
  for (const { field, from, to, ideas } of answer) {
    const lows = (ideas ?? []).map(({ low }) => low);
    const highs = (ideas ?? []).map(({ high }) => high);
    const known = scales[field];
    // It only grows while ideas are looked at, so that bars do not jump.
    const next = {
      from: Math.min(from ?? Number.POSITIVE_INFINITY, known?.from ?? Number.POSITIVE_INFINITY, ...lows),
      to: Math.max(to ?? Number.NEGATIVE_INFINITY, known?.to ?? Number.NEGATIVE_INFINITY, ...highs),
    };
    if (next.from !== known?.from || next.to !== known.to) scales[field] = next;
    for (const { id, low, high } of ideas ?? []) found.set(id, { ...found.get(id), [field]: { low, high } });
  }
  const rows = new Map(last.rows);
  for (const id of ids) {
    const next = found.get(id);
    if (!next) rows.delete(id);
    else if (!same(rows.get(id), next)) rows.set(id, next);
  }
  const grown = Object.keys(scales).some((ref) => scales[ref] !== last.scales[ref]);
  return { rows, scales: grown ? scales : last.scales };
}

function same(a: RowSpreads | undefined, b: RowSpreads): boolean {
  const refs = Object.keys(b);
  return (
    a !== undefined &&
    Object.keys(a).length === refs.length &&
    refs.every((ref) => a[ref]?.low === b[ref]?.low && a[ref]?.high === b[ref]?.high)
  );
}
