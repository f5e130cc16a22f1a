import { describe, expect, it } from 'vitest';
import type { Notice } from '@/sync/inbox.ts';
import { groupNotices, noticeHref, snoozeTimes } from './groups.ts';

const notice = (id: string, target: number, rest: Partial<Notice> = {}): Notice => ({
  id,
  seq: 1,
  at: '2026-01-05T10:00:00Z',
  kind: 'changed',
  why: 'hand',
  project: 'INS',
  target,
  on: 'idea',
  key: `INS-${target}`,
  title: 'An idea',
  ...rest,
});

describe('groups of notices', () => {
  it('brings those about one thing together, the newest first', () => {
    const groups = groupNotices([
      notice('a', 2, { read: true }),
      notice('b', 1, { read: true }),
      notice('c', 2),
      notice('d', 2, { on: 'view' }),
    ]);
    expect(groups.map(({ id, notices, unread }) => [id, notices.length, unread])).toEqual([
      ['idea2', 2, true],
      ['idea1', 1, false],
      ['view2', 1, true],
    ]);
  });

  it('leads to what is still there', () => {
    expect(noticeHref(notice('a', 2))).toBe('/i/INS-2');
    expect(noticeHref(notice('a', 2, { on: 'view' }))).toBe('/p/INS/v/2');
    expect(noticeHref(notice('a', 2, { on: 'project' }))).toBe('/p/INS');
    expect(noticeHref(notice('a', 2, { on: 'hook' }))).toBe('/settings/webhooks');
    expect(noticeHref(notice('a', 2, { kind: 'deleted' }))).toBeUndefined();
  });

  it('comes back on the next Monday, never today', () => {
    for (const day of [5, 6, 11]) {
      const { nextWeek, tomorrow } = snoozeTimes(new Date(2026, 0, day, 12));
      expect(nextWeek.getDay()).toBe(1);
      expect(nextWeek.getTime()).toBeGreaterThanOrEqual(tomorrow.getTime());
      expect(tomorrow.getDate()).toBe(day + 1);
    }
  });
});
