import { describe, expect, it } from 'vitest';
import type { ProjectSession } from '@/sync/project-session.ts';
import { createResultWindow, type ResultAnswer } from '@/sync/result.ts';
import type { FieldInfo } from '@/sync/types.ts';
import { groupFields } from './fields-order.ts';
import { type HistorySet, originText, restorable, visibleSteps } from './history.ts';
import { neighbourOf } from './step.ts';

const field = (ref: string, rest: Partial<FieldInfo> = {}): FieldInfo => ({
  ref,
  name: ref,
  type: 'number',
  options: [],
  position: 1,
  ...rest,
});
const refs = (fields: FieldInfo[]) => fields.map((each) => each.ref);

describe('groupFields', () => {
  const fields = [
    field('f1'),
    field('f2', { pinned: true }),
    field('f3', { hidden: true }),
    field('f4', { hidden: true, pinned: true }),
    field('f5'),
  ];
  it('puts the view’s fields first, then the pinned ones, then the rest', () => {
    const { first, rest } = groupFields(fields, ['title', 'f5', 'f3']);
    expect([refs(first), refs(rest)]).toEqual([['f5', 'f3', 'f2'], ['f1']]);
  });
  it('folds nothing away when nothing comes first', () => {
    const { first, rest } = groupFields([field('f1'), field('f5')], []);
    expect([refs(first), refs(rest)]).toEqual([['f1', 'f5'], []]);
  });
});

describe('history', () => {
  const set = (seq: number, attrs: (string | undefined)[]): HistorySet => ({
    seq,
    at: '2026-11-01T00:00:00Z',
    changes: attrs.map((attr) => ({ kind: 'idea', id: 1, attr, new: 1 })),
  });
  it('leaves out steps that say nothing', () => {
    const steps = visibleSteps([
      set(3, ['updatedAt', 'updatedBy']),
      set(2, ['f1', 'updatedAt']),
      set(1, [undefined]),
    ]);
    expect(steps.map((step) => [step.set.seq, step.changes.length])).toEqual([
      [2, 1],
      [1, 1],
    ]);
  });
  it('knows what can be brought back by itself', () => {
    const can = (attr?: string) => restorable({ kind: 'idea', id: 1, attr });
    expect([can('f12'), can('title'), can('description'), can('archived')]).toEqual([true, true, true, true]);
    expect([can(undefined), can('rank'), can('f1x')]).toEqual([false, false, false]);
  });
  it('says where a change came from, edits by hand aside', () => {
    expect(originText('import:17')).toBe(originText('import'));
    expect(originText('web')).toBeUndefined();
    expect(originText(undefined)).toBeUndefined();
  });
});

describe('neighbourOf', () => {
  const answer = (offset: number, limit: number): ResultAnswer => ({
    seq: 1,
    total: 5,
    length: 5,
    offset,
    columns: ['title'],
    groups: [],
    rollups: [],
    warnings: [],
    rows: [12, 7, 9, 3, 5]
      .slice(offset, offset + limit)
      .map((number) => [100 + number, number, 1, null, 0, `Idea ${number}`]),
  });
  const open = async (pageSize: number) => {
    const window = createResultWindow({ fetch: async (offset, limit) => answer(offset, limit), pageSize });
    await window.load(0, 1);
    return { key: 'INS', windows: new Set([window]) } as unknown as ProjectSession;
  };
  it('goes along the order on screen', async () => {
    const session = await open(200);
    expect(await neighbourOf(session, 'INS-12', 1)).toBe('INS-7');
    expect(await neighbourOf(session, 'INS-7', -1)).toBe('INS-12');
  });
  it('stops at the ends, and for ideas that are not in the view', async () => {
    const session = await open(200);
    expect(await neighbourOf(session, 'INS-12', -1)).toBeUndefined();
    expect(await neighbourOf(session, 'INS-5', 1)).toBeUndefined();
    expect(await neighbourOf(session, 'INS-99', 1)).toBeUndefined();
  });
  it('loads what is not there yet', async () => {
    const session = await open(2);
    expect(await neighbourOf(session, 'INS-7', 1)).toBe('INS-9');
  });
});
