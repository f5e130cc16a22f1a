import { useVirtualizer } from '@tanstack/react-virtual';
import { MessageSquare, Paperclip } from 'lucide-react';
import { memo, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { formatDay } from '@/lib/days.ts';
import { t } from '@/lib/i18n.ts';
import type { Insight } from '@/sync/insights.ts';
import { Badge } from '@/ui/Badge.tsx';
import { Icon, type LucideIcon } from '@/ui/Icon.tsx';
import { Dot, useFresh } from '@/views/shared/fresh.tsx';
import { wording } from '@/views/shared/insights/wording.ts';
import css from './insights.module.css';

/** Height of a line, in px. */
const lineHeight = 54;
/** How many lines before the end of what is loaded the next ones are asked for. */
const ahead = 30;

/** Props of InsightList. */
export interface InsightListProps {
  insights: readonly Insight[];
  /** How many there are, of which the first are loaded. */
  total: number;
  chosen: number | undefined;
  /** Stays the same from one drawing to the next, so that only lines that change are drawn. */
  onChoose: (insight: number) => void;
  /** The end of what is loaded comes near. */
  onMore: () => void;
}

/** Insights, one line each, of which those in sight are drawn; one is at hand. */
export function InsightList({ insights, total, chosen, onChoose, onMore }: InsightListProps) {
  const list = useRef<HTMLUListElement>(null);
  const [above, setAbove] = useState(0);
  // oxlint-disable-next-line react/incompatible-library -- there is no compiler that could memoise it wrongly
  const virtual = useVirtualizer({
    count: insights.length,
    getScrollElement: () => scrollerOf(list.current),
    estimateSize: () => lineHeight,
    getItemKey: (at) => insights[at]?.id ?? at,
    scrollMargin: above,
    // The one at hand is brought into sight with its edges.
    scrollPaddingStart: lineHeight,
    scrollPaddingEnd: lineHeight,
    overscan: 10,
    useFlushSync: false,
  });
  // oxlint-disable-next-line react-hooks/exhaustive-deps -- where it begins follows from all that stands above it
  useLayoutEffect(() => setAbove(distance(list.current)));
  const at = insights.findIndex(({ id }) => id === chosen);
  useEffect(() => {
    if (at >= 0) virtual.scrollToIndex(at, { align: 'auto' });
  }, [at, virtual]);
  const items = virtual.getVirtualItems();
  const last = items.at(-1)?.index ?? 0;
  useEffect(() => {
    if (insights.length < total && last + ahead >= insights.length) onMore();
  }, [insights, total, last, onMore]);
  return (
    <ul
      ref={list}
      className={css.list}
      style={{ blockSize: virtual.getTotalSize() }}
      aria-label={t('insights.list')}
    >
      {items.map(({ index, key, start }) => {
        const insight = insights[index];
        return (
          insight && (
            <li
              key={key}
              style={{ blockSize: lineHeight, transform: `translateY(${start - above}px)` }}
              aria-setsize={total}
              aria-posinset={index + 1}
            >
              <Line insight={insight} current={insight.id === chosen} onChoose={onChoose} />
            </li>
          )
        );
      })}
    </ul>
  );
}

/** What scrolls a list: the content of the page. */
function scrollerOf(list: Element | null): Element | null {
  let at = list?.parentElement;
  while (at && !/auto|scroll/.test(getComputedStyle(at).overflowY)) at = at.parentElement;
  return at ?? null;
}

/** How far below the beginning of what scrolls it a list begins. */
function distance(list: Element | null): number {
  const scroller = scrollerOf(list);
  if (!list || !scroller) return 0;
  return Math.round(
    list.getBoundingClientRect().top - scroller.getBoundingClientRect().top + scroller.scrollTop,
  );
}

interface LineProps {
  insight: Insight;
  current: boolean;
  onChoose: (insight: number) => void;
}

const Line = memo(function Line({ insight, current, onChoose }: LineProps) {
  const fresh = useFresh(insight.id);
  const { title, note } = wording(insight);
  const who = [insight.personName, insight.companyName].filter(Boolean).join(', ');
  return (
    <button type="button" className={css.row} aria-current={current} onClick={() => onChoose(insight.id)}>
      <span className={css.title}>{title}</span>
      <span className={css.side}>
        {insight.direction === 'against' && <Badge tone="danger">{t('insights.against')}</Badge>}
        {fresh && <Dot />}
        <Count of={MessageSquare} n={insight.comments} label="insights.commentCount" />
        <Count of={Paperclip} n={insight.files} label="insights.fileCount" />
        {(insight.links ?? []).slice(0, 3).map(({ id, idea }) => (
          <Badge key={id}>{idea.key}</Badge>
        ))}
        {formatDay(insight.on)}
      </span>
      <span className={css.sub}>{[who, note].filter(Boolean).join(' · ')}</span>
    </button>
  );
});

interface CountProps {
  of: LucideIcon;
  n: number | undefined;
  label: 'insights.commentCount' | 'insights.fileCount';
}

/** How many comments or files there are; nothing for none. */
function Count({ of, n, label }: CountProps) {
  if (!n) return null;
  const words = t(label, { n });
  return (
    <span className={css.count} title={words}>
      <Icon of={of} size={14} />
      <span aria-hidden="true">{n}</span>
      <span className="visually-hidden">{words}</span>
    </span>
  );
}
