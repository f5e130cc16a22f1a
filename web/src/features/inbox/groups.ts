import { paths } from '@/lib/routes.ts';
import type { Notice } from '@/sync/inbox.ts';

/** The notices about one thing. */
export interface NoticeGroup {
  id: string;
  /** Newest first, never empty. */
  notices: Notice[];
  unread: boolean;
}

/** Brings notices about one thing together; the thing with the newest one first. */
export function groupNotices(notices: readonly Notice[]): NoticeGroup[] {
  const groups = new Map<string, NoticeGroup>();
  for (const notice of notices) {
    const id = `${notice.on}${notice.target}`;
    const group = groups.get(id) ?? { id, notices: [], unread: false };
    group.notices.push(notice);
    group.unread ||= !notice.read;
    groups.set(id, group);
  }
  return [...groups.values()];
}

/** Where a notice leads; undefined for what is gone. */
export function noticeHref({ kind, on, key, project, target }: Notice): string | undefined {
  if (kind === 'deleted') return undefined;
  if (on === 'idea') return key ? paths.idea(key) : undefined;
  if (on === 'hook') return paths.settings('webhooks');
  if (on === 'insight') return paths.insight(project, target);
  return on === 'view' ? paths.view(project, target) : paths.project(project);
}

/** Moments to come back at, from now: in three hours, tomorrow and next Monday at nine. */
export function snoozeTimes(now: Date): { later: Date; tomorrow: Date; nextWeek: Date } {
  const at = (days: number) => new Date(now.getFullYear(), now.getMonth(), now.getDate() + days, 9);
  const untilMonday = (8 - now.getDay()) % 7 || 7;
  return { later: new Date(now.getTime() + 3 * 3_600_000), tomorrow: at(1), nextWeek: at(untilMonday) };
}
