import { Check, Clock, Mail, MailOpen, Undo2 } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { Link } from 'wouter';
import { formatMoment, formatRelative } from '@/lib/format.ts';
import { t } from '@/lib/i18n.ts';
import type { InboxPart } from '@/sync/inbox.ts';
import { IconButton } from '@/ui/Button.tsx';
import { Menu } from '@/ui/Menu.tsx';
import { type NoticeGroup, noticeHref, snoozeTimes } from './groups.ts';
import css from './inbox.module.css';
import { NoticeText } from './NoticeText.tsx';
import type { Triage } from './use-triage.ts';

const shownAtMost = 4;

interface GroupLineProps {
  group: NoticeGroup;
  part: InboxPart;
  current: boolean;
  triage: Triage;
}

/** One thing, and what happened to it. */
export function GroupLine({ group, part, current, triage }: GroupLineProps) {
  const line = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (current) line.current?.scrollIntoView({ block: 'nearest' });
  }, [current]);
  const [first] = group.notices;
  if (!first) return null;
  const href = noticeHref(first);
  const more = group.notices.length - shownAtMost;
  return (
    <li
      ref={line}
      className={css.group}
      data-unread={group.unread || undefined}
      aria-current={current || undefined}
      onFocus={() => triage.setCurrent(group.id)}
    >
      <span className={css.dot}>
        {group.unread && <span className={css.hidden}>{t('inbox.unread')}</span>}
      </span>
      <div className={css.body}>
        <div className={css.head}>
          {first.key && <span className={css.key}>{first.key}</span>}
          {href ? (
            <Link className={css.title} href={href} onClick={() => triage.open(group)}>
              {first.title}
            </Link>
          ) : (
            <s className={css.title}>{first.title}</s>
          )}
          <time className={css.quiet} dateTime={first.at} title={formatMoment(first.at)}>
            {formatRelative(first.at)}
          </time>
        </div>
        <ul className={css.notices}>
          {group.notices.slice(0, shownAtMost).map((notice) => (
            <NoticeText key={notice.id} notice={notice} />
          ))}
        </ul>
        <p className={css.quiet}>
          {more > 0 && `+${more} · `}
          {t(`inbox.why.${first.why}`)}
          {part === 'snoozed' &&
            first.until &&
            ` · ${t('inbox.comesBack', { when: formatMoment(first.until) })}`}
        </p>
      </div>
      <Tools group={group} part={part} triage={triage} />
    </li>
  );
}

function Tools({ group, part, triage }: Omit<GroupLineProps, 'current'>) {
  const [times, setTimes] = useState(() => snoozeTimes(new Date()));
  return (
    <span className={css.tools}>
      <IconButton
        label={t(group.unread ? 'inbox.action.read' : 'inbox.action.unread')}
        icon={group.unread ? MailOpen : Mail}
        shortcut="u"
        onClick={() => void triage.toggleRead(group)}
      />
      {part !== 'done' && (
        <Menu
          align="end"
          open={triage.snoozing === group.id}
          onOpenChange={(open) => {
            setTimes(snoozeTimes(new Date()));
            triage.setSnoozing(open ? group.id : undefined);
          }}
          trigger={<IconButton label={t('inbox.action.snooze')} icon={Clock} shortcut="s" />}
          items={(['later', 'tomorrow', 'nextWeek'] as const).map((id) => ({
            id,
            label: t(`inbox.${id}`),
            hint: formatMoment(times[id]),
            onSelect: () => void triage.snooze(group, times[id]),
          }))}
        />
      )}
      <IconButton
        label={t(part === 'open' ? 'inbox.action.done' : 'inbox.action.reopen')}
        icon={part === 'open' ? Check : Undo2}
        shortcut="e"
        onClick={() => void triage.finish([group])}
      />
    </span>
  );
}
