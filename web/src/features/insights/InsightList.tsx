import { MessageSquare, Paperclip } from 'lucide-react';
import { memo, useEffect, useRef } from 'react';
import { formatDay } from '@/lib/days.ts';
import { t } from '@/lib/i18n.ts';
import type { Insight } from '@/sync/insights.ts';
import { Badge } from '@/ui/Badge.tsx';
import { Icon, type LucideIcon } from '@/ui/Icon.tsx';
import { Dot, useFresh } from '@/views/shared/fresh.tsx';
import { wording } from '@/views/shared/insights/wording.ts';
import css from './insights.module.css';

/** Props of InsightList. */
export interface InsightListProps {
  insights: readonly Insight[];
  chosen: number | undefined;
  /** Stays the same from one drawing to the next, so that only lines that change are drawn. */
  onChoose: (insight: number) => void;
}

/** Insights, one line each; one is at hand. */
export function InsightList({ insights, chosen, onChoose }: InsightListProps) {
  return (
    <ul className={css.list} aria-label={t('insights.list')}>
      {insights.map((insight) => (
        <Line key={insight.id} insight={insight} current={insight.id === chosen} onChoose={onChoose} />
      ))}
    </ul>
  );
}

interface LineProps {
  insight: Insight;
  current: boolean;
  onChoose: (insight: number) => void;
}

const Line = memo(function Line({ insight, current, onChoose }: LineProps) {
  const line = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (current) line.current?.scrollIntoView({ block: 'nearest' });
  }, [current]);
  const fresh = useFresh(insight.id);
  const { title, note } = wording(insight);
  const who = [insight.personName, insight.companyName].filter(Boolean).join(', ');
  return (
    <li>
      <button
        type="button"
        ref={line}
        className={css.row}
        aria-current={current}
        onClick={() => onChoose(insight.id)}
      >
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
    </li>
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
