import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ProjectSession } from '@/sync/project-session.ts';
import type { ResultWindow } from '@/sync/result.ts';
import type { ChangeSet, Idea } from '@/sync/types.ts';
import { changeIdea, openIdea, touchedAttrs, touchFor } from './idea-doc.ts';

/** The server: what it is asked, and what it answers next. The client keeps the fetch it finds when it is made. */
const server = vi.hoisted(() => {
  const answers: Response[] = [];
  const asked: string[] = [];
  globalThis.fetch = async (request) => {
    asked.push(request instanceof Request ? request.url : String(request));
    const next = answers.shift();
    if (!next) throw new TypeError('no network');
    return next;
  };
  return { answers, asked };
});

const idea: Idea = {
  id: 31,
  key: 'INS-1',
  number: 1,
  project: 'INS',
  version: 10,
  title: 'Quote from photos',
  description: 'Why',
  createdAt: '2026-11-01T00:00:00Z',
  updatedAt: '2026-11-01T00:00:00Z',
  archived: false,
  rank: 'a1',
  values: { f8: 3, f9: 2 },
  computed: { f7: 0.5 },
};

const change = (attr: string, value: unknown) => ({ kind: 'idea', id: 31, attr, new: value });

describe('changeIdea', () => {
  it('takes in new values, and empties what was emptied', () => {
    const next = changeIdea(idea, [change('f8', 5), change('f9', undefined), change('title', 'Other')], 11);
    expect(next).toMatchObject({ title: 'Other', values: { f8: 5 }, version: 11 });
    expect(next.values).not.toHaveProperty('f9');
    expect(idea.values).toEqual({ f8: 3, f9: 2 });
  });

  it('keeps texts texts when they are emptied', () => {
    const next = changeIdea(idea, [change('description', null), change('archived', null)], 11);
    expect(next).toMatchObject({ description: '', archived: false });
  });

  it('ignores what it already knows', () => {
    expect(changeIdea(idea, [change('f8', 1)], 10)).toBe(idea);
  });
});

it('says which values were touched, without the marks that every write leaves', () => {
  const changes = [change('f8', 1), change('updatedAt', 'x'), change('updatedBy', 2), change('rank', 'b')];
  expect(touchedAttrs(changes)).toEqual(['f8']);
});

describe('openIdea', () => {
  const windows = new Set<ResultWindow>();
  const session = { key: 'INS', windows } as unknown as ProjectSession;
  const settle = () => vi.advanceTimersByTimeAsync(200);
  const tell = (set: Partial<ChangeSet>) => {
    for (const window of windows) window.apply({ seq: 11, at: '', changes: [], ...set });
  };
  const answer = (body: unknown, status = 200) =>
    server.answers.push(
      new Response(JSON.stringify(body), { status, headers: { 'Content-Type': 'application/json' } }),
    );

  beforeEach(() => {
    vi.useFakeTimers();
    server.answers.length = 0;
    server.asked.length = 0;
    windows.clear();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('marks what somebody else changed, for a while, and asks for the scores again', async () => {
    answer(idea);
    answer({ ...idea, version: 11, values: { f8: 5 }, computed: { f7: 0.9 } });
    const doc = openIdea(session, 'INS-1', 2);
    const stop = doc.start();
    await settle();
    tell({ seq: 11, actor: 41, changes: [change('f8', 5)] });
    expect(doc.state.get().idea?.values.f8).toBe(5);
    expect(doc.state.get().touched.f8).toEqual({ by: 41, seq: 11 });
    await settle();
    expect(doc.state.get().idea?.computed).toEqual({ f7: 0.9 });
    await vi.advanceTimersByTimeAsync(touchFor);
    expect(doc.state.get().touched).toEqual({});
    stop();
    expect(windows.size).toBe(0);
  });

  it('does not mark own changes', async () => {
    answer(idea);
    const doc = openIdea(session, 'INS-1', 2);
    doc.start();
    await settle();
    tell({ seq: 11, actor: 2, changes: [change('f8', 5)] });
    expect(doc.state.get().touched).toEqual({});
  });

  it('takes the mark away when one writes over it', async () => {
    answer(idea);
    const doc = openIdea(session, 'INS-1', 2);
    doc.start();
    await settle();
    tell({ seq: 11, actor: 41, changes: [change('f8', 5), change('f9', 1)] });
    tell({ seq: 12, actor: 2, changes: [change('f8', 4)] });
    expect(doc.state.get().touched).toEqual({ f9: { by: 41, seq: 11 } });
  });

  it('says when the idea was deleted, and shows it again when it comes back', async () => {
    answer(idea);
    const doc = openIdea(session, 'INS-1', 2);
    doc.start();
    await settle();
    tell({ seq: 12, actor: 41, changes: [{ kind: 'idea', id: 31, old: {} }] });
    expect(doc.state.get()).toMatchObject({ status: 'gone' });
    answer({ ...idea, version: 13 });
    tell({ seq: 13, actor: 41, changes: [{ kind: 'idea', id: 31, new: {} }] });
    await settle();
    expect(doc.state.get()).toMatchObject({ status: 'ready', idea: { version: 13 } });
  });

  it('keeps showing what it has when the connection is lost', async () => {
    answer(idea);
    const doc = openIdea(session, 'INS-1', 2);
    doc.start();
    await settle();
    doc.reload();
    await settle();
    expect(doc.state.get()).toMatchObject({ status: 'ready', idea: { key: 'INS-1' } });
    expect(server.asked).toHaveLength(2);
  });

  it('keeps the newer of two answers', () => {
    const doc = openIdea(session, 'INS-1', 2);
    doc.take({ ...idea, version: 20, title: 'New' });
    doc.take({ ...idea, version: 19, title: 'Old' });
    expect(doc.state.get().idea?.title).toBe('New');
  });
});
