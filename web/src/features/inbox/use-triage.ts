import { useQueryClient } from '@tanstack/react-query';
import { Check, Clock, MailOpen } from 'lucide-react';
import { useMemo, useState } from 'react';
import { useLocation } from 'wouter';
import { useActions } from '@/actions/react.tsx';
import type { Action } from '@/actions/types.ts';
import { formatMoment } from '@/lib/format.ts';
import { t } from '@/lib/i18n.ts';
import { useLatest } from '@/lib/latest.ts';
import { type InboxPart, markNotices, type NoticeMark } from '@/sync/inbox.ts';
import { toast, toastFailure } from '@/ui/Toast.tsx';
import { type NoticeGroup, noticeHref } from './groups.ts';

/** What can be done with the lines of the inbox. */
export interface Triage {
  /** The line that keys are about. */
  current: string | undefined;
  /** The line whose menu of times is open. */
  snoozing: string | undefined;
  setCurrent: (id: string) => void;
  setSnoozing: (id: string | undefined) => void;
  /** Done, or back to the inbox. */
  finish: (groups: readonly NoticeGroup[]) => Promise<void>;
  snooze: (group: NoticeGroup, until: Date) => Promise<void>;
  toggleRead: (group: NoticeGroup) => Promise<void>;
  open: (group: NoticeGroup) => void;
}

/** Goes through the inbox, by keys and buttons; everything can be taken back. */
export function useTriage(part: InboxPart, groups: readonly NoticeGroup[]): Triage {
  const queries = useQueryClient();
  const [, go] = useLocation();
  const [chosen, setCurrent] = useState<string>();
  const [snoozing, setSnoozing] = useState<string>();
  const known = groups.some((group) => group.id === chosen);
  const current = known ? chosen : groups[0]?.id;

  const write = async (marks: NoticeMark[], told?: string) => {
    try {
      const back = await markNotices(marks);
      await queries.invalidateQueries({ queryKey: ['inbox'] });
      if (told) toast({ id: 'inbox', title: told, undo: () => void write(back) });
    } catch (error) {
      toastFailure(error);
    }
  };
  const mark = (those: readonly NoticeGroup[], change: Omit<NoticeMark, 'id'>): NoticeMark[] =>
    those.flatMap((group) => group.notices.map(({ id }) => ({ id, ...change })));
  /** Before a line goes, the one below it becomes the current one. */
  const step = (by: number, from = current) => {
    const at = groups.findIndex((group) => group.id === from);
    const next = groups[at + by];
    if (next) setCurrent(next.id);
    else if (by > 0 && groups[at - 1]) setCurrent(groups[at - 1]?.id);
  };
  const move = (by: number) => {
    const at = groups.findIndex((group) => group.id === current);
    const next = groups[Math.max(0, Math.min(groups.length - 1, at + by))];
    if (next) setCurrent(next.id);
  };

  const triage: Triage = {
    current,
    snoozing,
    setCurrent,
    setSnoozing,
    finish: async (those) => {
      if (those.length === 1) step(1, those[0]?.id);
      const past = new Date(0).toISOString();
      if (part === 'open') await write(mark(those, { done: true, read: true }), t('inbox.marked.done'));
      else await write(mark(those, { done: false, until: past }), t('inbox.marked.reopened'));
    },
    snooze: async (group, until) => {
      step(1, group.id);
      setSnoozing(undefined);
      const when = formatMoment(until);
      await write(
        mark([group], { done: false, until: until.toISOString() }),
        t('inbox.marked.snoozed', { when }),
      );
    },
    toggleRead: (group) => write(mark([group], { read: group.unread })),
    open: (group) => {
      const first = group.notices[0];
      const href = first && noticeHref(first);
      if (group.unread) void write(mark([group], { read: true }));
      if (href) go(href);
    },
  };

  // Commands stay the same objects; what they do follows the lines.
  const latest = useLatest({ triage, groups, move });
  const actions = useMemo<Action[]>(() => triageActions(part, latest), [part, latest]);
  useActions(actions);
  return triage;
}

type Latest = () => { triage: Triage; groups: readonly NoticeGroup[]; move: (by: number) => void };

function triageActions(part: InboxPart, latest: Latest): Action[] {
  const onCurrent = (run: (group: NoticeGroup, triage: Triage) => unknown) => () => {
    const { triage, groups } = latest();
    const group = groups.find(({ id }) => id === triage.current);
    if (group) run(group, triage);
  };
  const section = 'navigate' as const;
  return [
    {
      id: 'inbox.next',
      title: 'inbox.action.next',
      section,
      shortcut: ['j', 'ArrowDown'],
      unlisted: true,
      run: () => latest().move(1),
    },
    {
      id: 'inbox.previous',
      title: 'inbox.action.previous',
      section,
      shortcut: ['k', 'ArrowUp'],
      unlisted: true,
      run: () => latest().move(-1),
    },
    {
      id: 'inbox.show',
      title: 'inbox.action.show',
      section,
      shortcut: ['Enter', 'o'],
      unlisted: true,
      run: onCurrent((group, triage) => triage.open(group)),
    },
    {
      id: 'inbox.done',
      title: part === 'open' ? 'inbox.action.done' : 'inbox.action.reopen',
      section: 'edit',
      icon: Check,
      shortcut: 'e',
      run: onCurrent((group, triage) => void triage.finish([group])),
    },
    {
      id: 'inbox.snooze',
      title: 'inbox.action.snooze',
      section: 'edit',
      icon: Clock,
      shortcut: 's',
      when: () => part !== 'done',
      run: onCurrent((group, triage) => triage.setSnoozing(group.id)),
    },
    {
      id: 'inbox.unread',
      title: 'inbox.action.unread',
      section: 'edit',
      icon: MailOpen,
      shortcut: 'u',
      run: onCurrent((group, triage) => void triage.toggleRead(group)),
    },
  ];
}
