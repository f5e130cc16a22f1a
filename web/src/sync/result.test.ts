import { describe, expect, it, vi } from 'vitest';
import { ApiError } from '@/api/error.ts';
import { createResultWindow, type ResultAnswer } from './result.ts';
import type { ChangeSet, Idea } from './types.ts';

/** A server of `size` ideas, whose value f1 is what `values` says, else their place. */
function server(size: number) {
  const asked: { offset: number; limit: number }[] = [];
  const values = new Map<number, number>();
  let seq = 1;
  let hold: Promise<void> | undefined;
  const fetch = async (offset: number, limit: number, signal: AbortSignal): Promise<ResultAnswer> => {
    asked.push({ offset, limit });
    const now = seq;
    const rows = Array.from({ length: Math.max(0, Math.min(limit, size - offset)) }, (_, at) => {
      const id = offset + at + 1;
      return [id, id, 1, null, 0, `Idea ${id}`, values.get(id) ?? id];
    });
    await hold;
    signal.throwIfAborted();
    return {
      seq: now,
      total: size,
      length: size,
      offset,
      columns: ['title', 'f1'],
      groups: [],
      rollups: [],
      warnings: [],
      rows,
    };
  };
  return {
    fetch,
    asked,
    values,
    advance: () => {
      seq += 1;
      return seq;
    },
    holdBack: () => {
      let release = () => {};
      hold = new Promise((resolve) => {
        release = resolve;
      });
      return () => {
        hold = undefined;
        release();
      };
    },
  };
}

function change(seq: number, id: number, value: number): ChangeSet {
  return { seq, at: '', changes: [{ kind: 'idea', id, attr: 'f1', new: value }] };
}

const ready = { pageSize: 10, debounce: 1 };

describe('window of a result', () => {
  it('keeps what is computed when an own edit comes back without it', async () => {
    const { fetch } = server(3);
    const window = createResultWindow({ fetch, ...ready, derived: (ref) => ref === 'f1' });
    window.show({ first: 0, last: 2 });
    await vi.waitFor(() => expect(window.row(1)?.values.f1).toBe(2));
    const idea = { id: 2, title: 'Renamed', values: {}, version: 9, archived: false } as unknown as Idea;
    window.applyIdea(idea);
    expect(window.row(1)?.values).toEqual({ title: 'Renamed', f1: 2 });
    window.applyIdea({ ...idea, version: 10, computed: { f1: 7 } } as Idea);
    expect(window.row(1)?.values.f1).toBe(7);
  });

  it('asks for what is visible first, then for the neighbourhood, and for nothing twice', async () => {
    const from = server(100);
    const window = createResultWindow({ fetch: from.fetch, ...ready });
    window.show({ first: 0, last: 15 });
    await window.load(0, 15);
    expect(window.row(12)).toMatchObject({ id: 13, values: { title: 'Idea 13', f1: 13 } });
    window.show({ first: 0, last: 15 });
    await window.load(0, 25);
    expect(from.asked).toEqual([
      { offset: 0, limit: 20 },
      { offset: 20, limit: 10 },
    ]);
    expect(window.row(50)).toBeUndefined();
    expect(window.state.get()).toMatchObject({ status: 'ready', total: 100, length: 100 });
  });

  it('loads several visible parts, each with a little around it, and keeps all of them', async () => {
    const from = server(1000);
    const window = createResultWindow({ fetch: from.fetch, ...ready });
    const parts = [
      { first: 0, last: 5 },
      { first: 301, last: 306 },
      { first: 309, last: 312 },
      { first: 804, last: 806 },
    ];
    window.show(...parts);
    await window.load(0, 5);
    window.show(...parts);
    await window.load(800, 805);
    // Neighbouring pages are one request; each of the four parts has three positions around it.
    expect(from.asked.toSorted((a, b) => a.offset - b.offset)).toEqual([
      { offset: 0, limit: 10 },
      { offset: 290, limit: 10 },
      { offset: 300, limit: 20 },
      { offset: 800, limit: 10 },
    ]);
    for (const at of [3, 303, 311, 803]) expect(window.row(at)?.id).toBe(at + 1);
    expect(window.row(500)).toBeUndefined();
    from.asked.length = 0;
    from.advance();
    await window.settled();
    expect(from.asked.map(({ offset }) => offset).toSorted((a, b) => a - b)).toEqual([0, 300, 800]);
  });

  it('gives up what is far from where one has scrolled to', async () => {
    const from = server(1000);
    const window = createResultWindow({ fetch: from.fetch, ...ready });
    await Promise.all([window.show({ first: 0, last: 5 }), window.load(0, 5)]);
    const release = from.holdBack();
    window.show({ first: 300, last: 305 });
    window.show({ first: 800, last: 805 });
    release();
    await window.load(800, 805);
    expect(window.row(300)).toBeUndefined();
    expect(window.row(802)?.id).toBe(803);
  });

  it('shows a change at once, keeps other rows identical, and loads the visible part again', async () => {
    const from = server(30);
    const window = createResultWindow({ fetch: from.fetch, ...ready });
    window.show({ first: 0, last: 5 });
    await window.load(0, 5);
    const [first, second] = [window.row(0), window.row(1)];
    const seq = from.advance();
    from.values.set(1, 99);
    window.apply(change(seq, 1, 99));
    expect(window.row(0)?.values.f1).toBe(99);
    expect(window.row(0)).not.toBe(first);
    await window.settled();
    expect(window.row(1)).toBe(second);
    expect(window.state.get().seq).toBe(seq);
  });

  it('does not fall back to an answer that is older than a change', async () => {
    const from = server(30);
    const window = createResultWindow({ fetch: from.fetch, ...ready });
    window.show({ first: 0, last: 5 });
    await window.load(0, 5);
    const release = from.holdBack();
    const answered = window.settled();
    window.apply(change(from.advance(), 3, 77));
    release();
    await answered;
    expect(window.row(2)?.values.f1).toBe(77);
  });

  it('says why it could not load, and recovers', async () => {
    const from = server(5);
    let broken = true;
    const window = createResultWindow({
      ...ready,
      fetch: (...given) => (broken ? Promise.reject(new Error('no answer')) : from.fetch(...given)),
    });
    window.show({ first: 0, last: 5 });
    await window.load(0, 5);
    expect(window.state.get()).toMatchObject({ status: 'failed', error: { message: 'no answer' } });
    broken = false;
    await window.settled();
    expect(window.state.get().status).toBe('ready');
    expect(window.row(4)?.id).toBe(5);
  });

  it('goes on loading while the server cannot answer for the moment, but not without end', async () => {
    const from = server(5);
    const away = { first: 2, asked: 0 };
    const fetch: typeof from.fetch = (...given) => {
      away.asked += 1;
      return away.asked > away.first
        ? from.fetch(...given)
        : Promise.reject(new ApiError('unavailable', 'The project is still loading', { status: 503 }));
    };
    const window = createResultWindow({ ...ready, fetch, patience: [0, 0] });
    const seen: string[] = [];
    window.state.subscribe(() => seen.push(window.state.get().status));
    window.show({ first: 0, last: 5 });
    await window.load(0, 5);
    expect(seen).not.toContain('failed');
    expect(window.row(4)?.id).toBe(5);

    Object.assign(away, { first: 3, asked: 0 });
    const other = createResultWindow({ ...ready, fetch, patience: [0, 0] });
    await other.load(0, 5);
    expect(other.state.get()).toMatchObject({ status: 'failed', error: { code: 'unavailable' } });
    expect(away.asked).toBe(3);
  });

  it('asks for nothing when views or members change', async () => {
    const from = server(5);
    const window = createResultWindow({ fetch: from.fetch, ...ready });
    window.show({ first: 0, last: 5 });
    await window.load(0, 5);
    const before = from.asked.length;
    window.apply({ seq: 9, at: '', changes: [{ kind: 'view', id: 4, attr: 'name', new: 'x' }] });
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect(from.asked.length).toBe(before);
  });
});
