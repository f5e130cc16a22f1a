import { X } from 'lucide-react';
import { type RefObject, useEffect, useRef } from 'react';
import { formatDay } from '@/lib/days.ts';
import { formatList } from '@/lib/format.ts';
import { t } from '@/lib/i18n.ts';
import { hasRole } from '@/sync/facts.ts';
import type { Insight, LikeInsight, Suggestion } from '@/sync/insights.ts';
import { useProject } from '@/sync/project.tsx';
import { Button, IconButton } from '@/ui/Button.tsx';
import { Kbd } from '@/ui/Kbd.tsx';
import { Menu } from '@/ui/Menu.tsx';
import { IdeaSearch } from '@/views/shared/IdeaSearch.tsx';
import { InsightCard } from '@/views/shared/insights/InsightCard.tsx';
import { InsightTalk } from '@/views/shared/insights/InsightTalk.tsx';
import { WatchButton } from '@/views/shared/WatchButton.tsx';
import css from './insights.module.css';
import { Same } from './Same.tsx';
import { parkings, type Triage } from './use-triage.ts';

/** What waits for more than one key. */
export type Asking = 'link' | 'merge' | 'park' | 'dismiss' | 'edit' | 'comment' | undefined;

/** Props of TriagePane. */
export interface TriagePaneProps {
  insight: Insight;
  /** Where its text stands. */
  text: RefObject<HTMLDivElement | null>;
  /** The part of it that is selected: what is linked next quotes it. */
  quote: string;
  suggestions: { ideas: readonly Suggestion[]; insights: readonly LikeInsight[] } | undefined;
  triage: Triage;
  asking: Asking;
  onAsk: (asking: Asking) => void;
  onClose: () => void;
}

/** The insight at hand with what can be done with it. */
export function TriagePane(props: TriagePaneProps) {
  const { insight, text, quote, suggestions, triage, asking, onAsk, onClose } = props;
  const { project } = useProject();
  const talk = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (asking !== 'comment') return;
    onAsk(undefined);
    talk.current?.querySelector('textarea')?.focus();
  }, [asking, onAsk]);
  const may = hasRole(project.role, 'contributor');
  const waiting = (insight.links?.length ?? 0) === 0 && !insight.dismissed && !insight.parkedUntil;
  return (
    <div className={css.pane}>
      <div ref={text}>
        <InsightCard
          insight={insight}
          actions={
            <>
              {insight.project === project.id && <WatchButton what={{ insight: insight.id }} />}
              <IconButton label={t('ui.close')} icon={X} size="tiny" onClick={onClose} />
            </>
          }
        >
          <Standing insight={insight} />
        </InsightCard>
      </div>
      {may && (
        <>
          <p className={`${css.quiet} ${css.quote}`}>
            {quote ? t('insights.selection', { quote }) : t('insights.selectionHint')}
          </p>
          <Suggested
            suggestions={suggestions?.ideas}
            onChoose={(idea) => triage.link(idea.id, idea.key ?? '', quote)}
          />
          {asking === 'link' ? (
            <IdeaSearch
              label={t('insights.linkOther')}
              autoFocus
              onLeave={() => onAsk(undefined)}
              onChoose={(idea) => {
                onAsk(undefined);
                triage.link(idea.id, idea.key, quote);
              }}
            />
          ) : null}
          {insight.may && (
            <Same
              insight={insight}
              alike={suggestions?.insights ?? []}
              asked={asking === 'merge'}
              onLeave={() => onAsk(undefined)}
              onChoose={triage.merge}
            />
          )}
          <Buttons
            insight={insight}
            waiting={waiting}
            triage={triage}
            parking={asking === 'park'}
            onAsk={onAsk}
          />
        </>
      )}
      <div ref={talk}>
        <InsightTalk insight={insight} />
      </div>
    </div>
  );
}

function Standing({ insight }: { insight: Insight }) {
  if (insight.dismissed)
    return <p className={css.quiet}>{t('insights.dismissedFor', { reason: insight.dismissed })}</p>;
  if (!insight.parkedUntil) return null;
  return <p className={css.quiet}>{t('insights.parkedUntil', { date: formatDay(insight.parkedUntil) })}</p>;
}

interface SuggestedProps {
  suggestions: readonly Suggestion[] | undefined;
  onChoose: (idea: Suggestion['idea']) => void;
}

function Suggested({ suggestions, onChoose }: SuggestedProps) {
  return (
    <section className={css.group}>
      <h2 className={css.heading}>{t('insights.suggested')}</h2>
      {suggestions?.length === 0 && <p className={css.quiet}>{t('insights.suggestedNone')}</p>}
      <ol className={css.choices}>
        {suggestions?.map(({ idea, terms }, at) => (
          <li key={idea.id}>
            <button type="button" className={css.choice} onClick={() => onChoose(idea)}>
              <Kbd keys={String(at + 1)} />
              <span className={css.key}>{idea.key}</span>
              <span>{idea.title}</span>
              <span className={css.terms}>
                {t('insights.terms', { terms: formatList((terms ?? []).slice(0, 6)) })}
              </span>
            </button>
          </li>
        ))}
      </ol>
    </section>
  );
}

interface ButtonsProps {
  insight: Insight;
  waiting: boolean;
  triage: Triage;
  parking: boolean;
  onAsk: (asking: Asking) => void;
}

function Buttons({ insight, waiting, triage, parking, onAsk }: ButtonsProps) {
  return (
    <div className={css.buttons}>
      <Button onClick={() => onAsk('link')}>{t('insights.linkOther')}</Button>
      {insight.may && <Button onClick={() => onAsk('merge')}>{t('insights.merge')}</Button>}
      <Button onClick={triage.promote}>{t('insights.newIdea')}</Button>
      {insight.may && waiting && (
        <>
          <Menu
            open={parking}
            onOpenChange={(open) => onAsk(open ? 'park' : undefined)}
            trigger={<Button>{t('insights.park')}</Button>}
            items={parkings.map((each, at) => ({
              id: each,
              hint: String(at + 1),
              label: t(
                each === 'week'
                  ? 'insights.parkWeek'
                  : each === 'month'
                    ? 'insights.parkMonth'
                    : 'insights.parkQuarter',
              ),
              onSelect: () => triage.park(each),
            }))}
          />
          <Button onClick={() => onAsk('dismiss')}>{t('insights.dismiss')}</Button>
        </>
      )}
      {insight.may && (insight.dismissed || insight.parkedUntil) && (
        <Button onClick={triage.restore}>{t('insights.restore')}</Button>
      )}
      {insight.may && <Button onClick={() => onAsk('edit')}>{t('insights.edit')}</Button>}
    </div>
  );
}
