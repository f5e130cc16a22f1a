import { useEffect, useRef } from 'react';
import { formatDay } from '@/lib/days.ts';
import { t } from '@/lib/i18n.ts';
import type { Insight } from '@/sync/insights.ts';
import { Badge } from '@/ui/Badge.tsx';
import css from './insights.module.css';

/** Props of InsightList. */
export interface InsightListProps {
  insights: readonly Insight[];
  chosen: number | undefined;
  onChoose: (insight: number) => void;
}

/** Insights, one line each; one is at hand. */
export function InsightList({ insights, chosen, onChoose }: InsightListProps) {
  const current = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (chosen !== undefined) current.current?.scrollIntoView({ block: 'nearest' });
  }, [chosen]);
  return (
    <ul className={css.list} aria-label={t('insights.list')}>
      {insights.map((insight) => {
        const at = insight.id === chosen;
        const who = [insight.personName, insight.companyName].filter(Boolean).join(', ');
        const links = insight.links ?? [];
        return (
          <li key={insight.id}>
            <button
              type="button"
              ref={at ? current : undefined}
              className={css.row}
              aria-current={at}
              onClick={() => onChoose(insight.id)}
            >
              <span className={css.title}>{insight.title}</span>
              <span className={css.side}>
                {insight.direction === 'against' && <Badge tone="danger">{t('insights.against')}</Badge>}
                {links.slice(0, 3).map(({ id, idea }) => (
                  <Badge key={id}>{idea.key}</Badge>
                ))}
                {formatDay(insight.on)}
              </span>
              <span className={css.sub}>{[who, insight.note].filter(Boolean).join(' · ')}</span>
            </button>
          </li>
        );
      })}
    </ul>
  );
}
