import '@/lib/messages/later/insights.ts';
import { Inbox } from 'lucide-react';
import { useCallback, useDeferredValue, useRef, useState } from 'react';
import { useLocation } from 'wouter';
import { t } from '@/lib/i18n.ts';
import { shortcutText } from '@/lib/keys.ts';
import { paths } from '@/lib/routes.ts';
import { choiceParam, numberParam, useParam } from '@/lib/search-params.ts';
import { useTitle } from '@/lib/title.ts';
import { hasRole } from '@/sync/facts.ts';
import {
  type Insight,
  type InsightStage,
  insightStages,
  useInsight,
  useInsights,
  useSuggestions,
} from '@/sync/insights.ts';
import { useOptionalProject, useProject } from '@/sync/project.tsx';
import { Button } from '@/ui/Button.tsx';
import { EmptyState } from '@/ui/EmptyState.tsx';
import { Page } from '@/ui/Page.tsx';
import { PageBody, PageSearch } from '@/ui/PageBody.tsx';
import { Segments } from '@/ui/Segments.tsx';
import { Skeleton } from '@/ui/Skeleton.tsx';
import { Edits } from '@/views/shared/Edits.tsx';
import { InsightDialog } from '@/views/shared/insights/InsightDialog.tsx';
import { BookmarkletDialog } from './BookmarkletDialog.tsx';
import { DismissDialog } from './DismissDialog.tsx';
import { InsightList } from './InsightList.tsx';
import css from './insights.module.css';
import { type Asking, TriagePane } from './TriagePane.tsx';
import { parkingOf, useReturning, useSelectedText, useTriage, useTriageKeys } from './use-triage.ts';

const stageParam = choiceParam(insightStages);
const none: readonly Insight[] = [];

/** The insights at home in a project: an inbox to triage, and everything that was triaged. */
export default function InsightsPage() {
  return useOptionalProject() && <Insights />;
}

function Insights() {
  const { project } = useProject();
  const [, go] = useLocation();
  useTitle(t('insights.page.title'), project.name);
  const [wanted, show] = useParam('stage', stageParam, 'replace');
  const stage = wanted ?? 'inbox';
  const [text, setText] = useState('');
  const search = useDeferredValue(text.trim());
  const { data, error, more } = useInsights({ stage, text: search });
  const insights = data?.insights ?? none;
  const [at, setAt] = useParam('insight', numberParam, 'replace');
  const index = insights.findIndex(({ id }) => id === at);
  // One that a link names need not be in the list.
  const { data: named } = useInsight(index < 0 ? at : undefined);
  const insight = insights[index] ?? (at === undefined ? undefined : named);
  const [asking, ask] = useState<Asking>();
  const [dialog, open] = useState<'add' | 'capture'>();
  const { data: suggestions } = useSuggestions(insight?.id);
  // Those of the next one are there when it comes.
  useSuggestions(stage === 'inbox' && index >= 0 ? insights[index + 1]?.id : undefined);
  const move = (step: number) => {
    const next = insights[Math.max(0, Math.min(insights.length - 1, index < 0 ? 0 : index + step))];
    setAt(next?.id);
  };
  const leaves = useReturning(insights, setAt);
  const leave = useCallback(() => {
    ask(undefined);
    if (stage !== 'inbox') return; // it stays
    if (at !== undefined) leaves(at);
    setAt((insights[index + 1] ?? insights[index - 1])?.id);
  }, [stage, insights, index, at, setAt, leaves]);
  const triage = useTriage(insight, leave);
  const pane = useRef<HTMLDivElement>(null);
  const quote = useSelectedText(pane);
  const may = hasRole(project.role, 'contributor');
  useTriageKeys((event) => {
    if (event.ctrlKey || event.metaKey) return false;
    if (asking === 'park') {
      const parking = parkingOf(event);
      if (parking) triage.park(parking);
      return parking !== undefined;
    }
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    if (key === 'ArrowDown' || key === 'j') move(1);
    else if (key === 'ArrowUp' || key === 'k') move(-1);
    else if (key === 'Escape' && insight) setAt(undefined);
    else if (!insight || !may) return false;
    else if (key === 'n') triage.promote();
    else if (key === 'l') ask('link');
    else if (key === 'm' && insight.may) ask('merge');
    else if (key === 'p' && insight.may) ask('park');
    else if (key === 'd' && insight.may) ask('dismiss');
    else if (key === 'c') ask('comment');
    else if (/^[1-5]$/.test(key)) {
      const idea = suggestions?.ideas[Number(key) - 1]?.idea;
      if (!idea) return false;
      triage.link(idea.id, idea.key ?? '', quote);
    } else return false;
    return true;
  }, asking === 'park');
  return (
    <Page
      title={t('insights.page.title')}
      panelLabel={insight?.title}
      panel={
        insight && (
          <TriagePane
            key={insight.id}
            insight={insight}
            text={pane}
            quote={quote}
            suggestions={suggestions}
            triage={triage}
            asking={asking}
            onAsk={ask}
            onClose={() => setAt(undefined)}
          />
        )
      }
      actions={
        may && (
          <>
            <Button onClick={() => open('capture')}>{t('insights.capture')}</Button>
            <Button onClick={() => go(paths.projectImport(project.key, '?of=insights&from=text'))}>
              {t('insights.paste')}
            </Button>
            <Button onClick={() => go(paths.projectImport(project.key, '?of=insights'))}>
              {t('insights.import')}
            </Button>
            <Button tone="primary" onClick={() => open('add')}>
              {t('insights.add')}
            </Button>
          </>
        )
      }
    >
      <PageBody
        bar={
          <>
            <Stages
              stage={stage}
              counts={data?.counts}
              onChange={(next) => show(next === 'inbox' ? undefined : next)}
            />
            <PageSearch label={t('insights.search')} value={text} onValueChange={setText} />
          </>
        }
      >
        {error && !data && <EmptyState title={error.message} />}
        {!data && !error && <Skeleton height="48px" />}
        {data && insights.length === 0 && <Nothing stage={stage} search={search} />}
        {insights.length > 0 && (
          <>
            {may && (
              <p className={`${css.quiet} ${css.keys}`}>
                {t('insights.keys', { undo: shortcutText('$mod+z') })}
              </p>
            )}
            <InsightList
              insights={insights}
              total={data?.total ?? 0}
              chosen={at}
              onChoose={setAt}
              onMore={more}
            />
            <p className={css.quiet}>{t('insights.count', { n: data?.total ?? 0 })}</p>
          </>
        )}
      </PageBody>
      <Edits />
      {dialog === 'add' && <InsightDialog onClose={() => open(undefined)} />}
      {dialog === 'capture' && <BookmarkletDialog onClose={() => open(undefined)} />}
      {asking === 'edit' && insight && <InsightDialog insight={insight} onClose={() => ask(undefined)} />}
      {asking === 'dismiss' && <DismissDialog onDone={triage.dismiss} onClose={() => ask(undefined)} />}
    </Page>
  );
}

interface StagesProps {
  stage: InsightStage;
  counts: Record<string, number> | undefined;
  onChange: (stage: InsightStage) => void;
}

function Stages({ stage, counts, onChange }: StagesProps) {
  return (
    <Segments
      label={t('insights.stages')}
      options={insightStages.map((value) => ({
        value,
        label: `${t(`insights.stage.${value}`)}${counts?.[value] ? ` ${counts[value]}` : ''}`,
      }))}
      value={stage}
      onValueChange={onChange}
    />
  );
}

function Nothing({ stage, search }: { stage: InsightStage; search: string }) {
  const what = search !== '' ? 'search' : stage === 'inbox' ? 'inbox' : 'other';
  return (
    <EmptyState icon={Inbox} title={t(`insights.empty.${what}`)}>
      {t(`insights.empty.${what}Text`)}
    </EmptyState>
  );
}
