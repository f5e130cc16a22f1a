import { Link2 } from 'lucide-react';
import type { ReactNode } from 'react';
import { Link, useLocation, useSearch } from 'wouter';
import { formatDay } from '@/lib/days.ts';
import { formatNumber } from '@/lib/format.ts';
import { t } from '@/lib/i18n.ts';
import { ideaAddress, paths } from '@/lib/routes.ts';
import { useCustomerFields } from '@/sync/customers.ts';
import type { Insight } from '@/sync/insights.ts';
import { useProject } from '@/sync/project.tsx';
import { Badge } from '@/ui/Badge.tsx';
import { Icon } from '@/ui/Icon.tsx';
import { Rating } from '@/ui/Rating.tsx';
import { Markdown } from '../markdown/Markdown.tsx';
import { InsightFiles, useInsightDrop } from './InsightTalk.tsx';
import css from './insights.module.css';
import { Parts } from './Parts.tsx';
import { wording } from './wording.ts';

/** Props of InsightCard. */
export interface InsightCardProps {
  insight: Insight;
  /** The idea beside which it is shown: its quote comes first, and it is not among the ideas. */
  idea?: number;
  /** At the end of the first line. */
  actions?: ReactNode;
  /** Below everything else. */
  children?: ReactNode;
}

/** An insight to read: what was said, by whom, when, how much it matters; of one of the past that is gone, not what was said. */
export function InsightCard({ insight, idea, actions, children }: InsightCardProps) {
  const quote = insight.links?.find((link) => link.idea.id === idea)?.quote;
  const against = insight.direction === 'against';
  const { drop, uploads } = useInsightDrop(insight);
  const { title, note } = insight.gone ? { title: t('insights.gone'), note: '' } : wording(insight);
  return (
    <article
      className={css.card}
      data-against={against || undefined}
      data-gone={insight.gone}
      aria-label={insight.title || title}
      {...drop}
    >
      <header className={css.head}>
        <h2 className={css.title}>{title}</h2>
        {against && <Badge tone="danger">{t('insights.against')}</Badge>}
        {insight.importance > 0 && (
          <Rating aria-label={t('insights.importance')} value={insight.importance} />
        )}
        {actions}
      </header>
      {quote && <blockquote className={css.quote}>{quote}</blockquote>}
      {note !== '' && (
        <div className={css.note}>
          <Markdown text={note} />
        </div>
      )}
      <Meta insight={insight} idea={idea} />
      <Values insight={insight} />
      <InsightFiles insight={insight} uploads={uploads} />
      <Parts insight={insight} />
      {children}
    </article>
  );
}

function Meta({ insight, idea }: { insight: Insight; idea?: number }) {
  const { project } = useProject();
  const ideaAt = useIdeaAt();
  const ideas = (insight.links ?? []).filter((link) => link.idea.id !== idea);
  const who = [
    { id: insight.person, name: insight.personName },
    { id: insight.company, name: insight.companyName },
  ];
  return (
    <div className={css.meta}>
      {who.map(
        ({ id, name }) =>
          id &&
          name && (
            <Link key={id} href={paths.customer(project.key, id)}>
              {name}
            </Link>
          ),
      )}
      <time dateTime={insight.on}>{formatDay(insight.on)}</time>
      {insight.url && (
        <a className={css.source} href={insight.url} target="_blank" rel="noopener noreferrer nofollow">
          {insight.icon ? <img src={insight.icon} alt="" /> : <Icon of={Link2} size={14} />}
          {insight.page || new URL(insight.url).hostname}
        </a>
      )}
      {insight.reliability && <span>{t(`insights.reliability.${insight.reliability}`)}</span>}
      {insight.labels?.map((label) => (
        <Badge key={label}>{label}</Badge>
      ))}
      {ideas.length > 0 && (
        <span>
          {idea !== undefined && `${t('insights.alsoIn')} `}
          {ideas.map((link, at) => (
            <span key={link.id}>
              {at > 0 && ', '}
              <Link href={ideaAt(link.idea.key ?? '')} title={link.idea.title}>
                {link.idea.key}
              </Link>
            </span>
          ))}
        </span>
      )}
    </div>
  );
}

/** The address of an idea; where the project around is that of an earlier moment, beside the view as it was. */
function useIdeaAt(): (key: string) => string {
  const { at } = useProject();
  const [path] = useLocation();
  const search = useSearch();
  return (key) => (at === undefined ? paths.idea(key) : ideaAddress(key, path, search));
}

function written(value: unknown): string {
  return typeof value === 'number' ? formatNumber(value) : String(value);
}

/** The customers' values: as they were, and today's where those differ. */
function Values({ insight }: { insight: Insight }) {
  const fields = useCustomerFields();
  const { at } = useProject();
  const { recorded = {}, today = {} } = insight;
  const other = at === undefined ? 'insights.then' : 'insights.thenPast';
  const shown = fields.filter(({ ref }) => recorded[ref] !== undefined || today[ref] !== undefined);
  if (shown.length === 0) return null;
  return (
    <div className={css.meta}>
      {shown.map(({ ref, name, unit }) => {
        const text = (value: unknown) =>
          value === undefined ? t('insights.noValue') : `${written(value)}${unit ? ` ${unit}` : ''}`;
        const [then, now] = [text(recorded[ref]), text(today[ref])];
        return <span key={ref}>{t(then === now ? 'insights.same' : other, { field: name, then, now })}</span>;
      })}
    </div>
  );
}
