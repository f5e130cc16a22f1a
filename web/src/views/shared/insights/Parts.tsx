import { Split } from 'lucide-react';
import { formatDay } from '@/lib/days.ts';
import { t } from '@/lib/i18n.ts';
import { type Insight, type InsightPart, useInsightWriter } from '@/sync/insights.ts';
import { useProject } from '@/sync/project.tsx';
import { Button } from '@/ui/Button.tsx';
import { toast, toastFailure } from '@/ui/Toast.tsx';
import { Markdown } from '../markdown/Markdown.tsx';
import css from './insights.module.css';
import { wording } from './wording.ts';

/** What was merged into an insight, in its own words, to be taken out again. */
export function Parts({ insight }: { insight: Insight }) {
  const parts = insight.parts ?? [];
  if (parts.length === 0) return null;
  return (
    <section className={css.parts} aria-label={t('insights.parts', { n: parts.length })}>
      <h3 className={css.quiet}>{t('insights.parts', { n: parts.length })}</h3>
      {parts.map((part) => (
        <Part key={part.id} insight={insight} part={part} />
      ))}
    </section>
  );
}

function Part({ insight, part }: { insight: Insight; part: InsightPart }) {
  const { session } = useProject();
  const writer = useInsightWriter();
  const takeOut = async () => {
    try {
      const group = await writer.takeOut(insight.id, part.id);
      toast({ title: t('insights.partOut'), undo: () => void session.undoGroup(group) });
    } catch (error) {
      toastFailure(error);
    }
  };
  const { title, note } = wording(part);
  return (
    <article className={css.part} aria-label={part.title}>
      <p className={css.title}>{title}</p>
      {note !== '' && <Markdown text={note} />}
      <div className={css.meta}>
        {[part.personName, part.companyName].filter(Boolean).map((name) => (
          <span key={name}>{name}</span>
        ))}
        <time dateTime={part.on}>{formatDay(part.on)}</time>
        {part.url && (
          <a className={css.source} href={part.url} target="_blank" rel="noopener noreferrer nofollow">
            {part.page || new URL(part.url).hostname}
          </a>
        )}
        {insight.may && (
          <Button tone="ghost" icon={Split} onClick={() => void takeOut()}>
            {t('insights.takeOut')}
          </Button>
        )}
      </div>
    </article>
  );
}
