import { QueryClient, QueryObserver } from '@tanstack/react-query';
import { describe, expect, it } from 'vitest';
import type { components } from '@/api/schema.d.ts';
import { concerned, type HeldInsights, inStep, writtenIn, wrote } from './insights-held.ts';
import { bringInStep, listsKey, loadMore, sayAsk } from './insights-live.ts';
import type { Change } from './types.ts';

type Insight = components['schemas']['Insight'];

/** Numbers from a seed, the same each time. */
function numbers(seed: number) {
  let at = seed * 2654435761 + 1;
  return (below: number) => {
    at = (at * 1664525 + 1013904223) % 4294967296;
    return Math.floor((at / 4294967296) * below);
  };
}

/** A server with insights, all of which are in the list unless they are dismissed. */
function server(seed: number, size: number) {
  const random = numbers(seed);
  const all = new Map<number, Insight>();
  let last = 0;
  const day = () => `2026-01-${10 + random(15)}`;
  const add = () => {
    const insight = { id: ++last, title: `Said ${last}`, on: day(), links: [], importance: 0 };
    all.set(insight.id, insight as unknown as Insight);
    return last;
  };
  for (let at = 0; at < size; at++) add();
  const list = () =>
    [...all.values()]
      .filter(({ dismissed }) => !dismissed)
      .toSorted((a, b) => b.on.localeCompare(a.on) || b.id - a.id);
  const answer = (insights: Insight[]): HeldInsights => {
    const total = list().length;
    return { insights, total, counts: { inbox: total } };
  };
  const any = () => [...all.keys()][random(all.size)] ?? 0;
  const change = (more: Partial<Change>): Change => ({ kind: 'insight', id: 0, ...more });
  return {
    list,
    window: (offset: number, limit: number) => answer(list().slice(offset, offset + limit)),
    only: (ids: readonly number[]) => answer(list().filter(({ id }) => ids.includes(id))),
    /** Does something, and says what. */
    write(): Change {
      const id = any();
      const insight = all.get(id);
      switch (random(6)) {
        case 0:
          return change({ id: add(), new: {} });
        case 1:
          all.delete(id);
          return change({ id, old: {} });
        case 2:
          all.set(id, { ...insight, on: day() } as Insight);
          return change({ id, attr: 'on' });
        case 3:
          all.set(id, { ...insight, links: [{ id: 1000 + id, idea: {} }] } as unknown as Insight);
          return { kind: 'evidence', id: 1000 + id, new: { parent: 1, attrs: { insight: id } } };
        case 4:
          all.set(id, { ...insight, comments: 3 } as Insight);
          return { kind: 'comment', id: 5, new: { parent: id, attrs: { on: 'insight' } } };
        default:
          all.set(id, { ...insight, dismissed: insight?.dismissed ? '' : 'no' } as Insight);
          return change({ id, attr: 'dismissed' });
      }
    },
  };
}

describe('insights that are held', () => {
  it('are the beginning of the list, whatever is written', () => {
    for (let seed = 1; seed <= 60; seed++) {
      const on = server(seed, 30);
      let held = on.window(0, seed % 2 ? 12 : 40);
      for (let step = 0; step < 40; step++) {
        const written = writtenIn([on.write()]);
        if (!written) throw new Error('nothing was written');
        const ids = concerned(held, written);
        const next = inStep(held, ids, on.only(ids), false);
        if (!next) throw new Error('the list has to be loaded again');
        held = next;
        expect(held.insights).toEqual(on.list().slice(0, held.insights.length));
        expect(held.total).toBe(on.list().length);
        if (seed % 2 === 0) expect(held.insights.length).toBe(held.total);
      }
    }
  });

  it('found by words keep their order, and a new one has all of them found again', () => {
    const on = server(1, 9);
    const held = { ...on.window(0, 9), insights: on.list().toReversed() };
    const [first] = held.insights;
    const id = first?.id ?? 0;
    const changed = { ...on.only([id]), insights: [{ ...first, on: '2027-01-01' } as Insight] };
    expect(inStep(held, [id], changed, true)?.insights.map((each) => each.id)).toEqual(
      held.insights.map((each) => each.id),
    );
    expect(inStep(held, [99], { ...changed, insights: [{ ...first, id: 99 } as Insight] }, true)).toBe(
      undefined,
    );
  });

  it('are found by a link or a customer of theirs', () => {
    const insights = [
      { id: 1, links: [{ id: 11 }] },
      { id: 2, company: 21 },
      { id: 3, person: 31 },
    ] as unknown as Insight[];
    const held = { insights, total: 3, counts: {} };
    const quoted = writtenIn([{ kind: 'evidence', id: 11, attr: 'quote', old: '', new: 'so' }]);
    expect(quoted && concerned(held, quoted)).toEqual([1]);
    const grown = writtenIn([
      { kind: 'customer', id: 21, attr: 'f1' },
      { kind: 'customer', id: 31, attr: 'name' },
    ]);
    expect(grown && concerned(held, grown)).toEqual([2, 3]);
    const merged = writtenIn([{ kind: 'insight', id: 3, attr: 'mergedInto', old: 8, new: 9 }]);
    expect(merged && [concerned(held, merged), merged.words]).toEqual([[3, 8, 9], true]);
    expect(writtenIn([{ kind: 'idea', id: 1, attr: 'title' }])).toBe(undefined);
  });
});

describe('a list in sight', () => {
  const queryKey = [...listsKey, 'INS', 'inbox', ''];
  async function shown(size: number) {
    const on = server(3, size);
    const asked: string[] = [];
    const queries = new QueryClient();
    const observer = new QueryObserver<HeldInsights>(queries, {
      queryKey,
      queryFn: () => {
        asked.push('all');
        return on.window(0, queries.getQueryData<HeldInsights>(queryKey)?.insights.length ?? 10);
      },
    });
    observer.subscribe(() => undefined);
    const query = queries.getQueryCache().find({ queryKey, exact: true });
    sayAsk(query?.queryHash ?? '', async ({ only, offset = 0 }) => {
      asked.push(only ? `only ${only.length}` : `from ${offset}`);
      await Promise.resolve();
      return only ? on.only(only) : on.window(offset, 10);
    });
    await observer.refetch();
    asked.length = 0;
    return { on, asked, queries, held: () => query?.state.data as HeldInsights };
  }

  it('asks for what was written only, for what comes together at once', async () => {
    const { on, asked, queries, held } = await shown(30);
    const both = [1, 2].map(() => writtenIn([on.write()]));
    await Promise.all(both.map((written) => bringInStep(queries, written)));
    expect(asked).toEqual(['only 2']);
    expect(held().insights).toEqual(on.list().slice(0, held().insights.length));
  });

  it('loads on where it ends, once, also while others write', async () => {
    const { on, asked, queries, held } = await shown(200);
    await Promise.all([loadMore(queries, queryKey), loadMore(queries, queryKey)]);
    expect(asked).toEqual(['from 9']);
    expect(held().insights).toEqual(on.list().slice(0, 19));
    for (let step = 0; step < 40; step++) {
      const written = writtenIn([on.write()]);
      await Promise.all([loadMore(queries, queryKey), bringInStep(queries, written)]);
      expect(held().insights).toEqual(on.list().slice(0, held().insights.length));
    }
    expect(held().insights.length).toBeGreaterThan(60);
    // The end was taken away and nobody told: it is loaded anew.
    const last = held().insights.at(-1)?.id;
    while (on.list().some(({ id }) => id === last)) on.write();
    await loadMore(queries, queryKey);
    expect(held().insights).toEqual(on.list().slice(0, held().insights.length));
  });

  it('is loaded again for what is written of many', async () => {
    const { asked, queries } = await shown(30);
    await bringInStep(queries, undefined);
    await bringInStep(queries, wrote(Array.from({ length: 101 }, (_, at) => at)));
    expect(asked).toEqual(['all', 'all']);
  });
});
