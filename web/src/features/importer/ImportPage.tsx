import '@/lib/messages/later/project.ts';
import '@/lib/messages/later/importer.ts';
import '@/lib/messages/later/insights.ts';
import { Import as ImportIcon } from 'lucide-react';
import { useCallback } from 'react';
import { useSearchParams } from 'wouter';
import { t } from '@/lib/i18n.ts';
import { choiceParam, numberParam, withParam } from '@/lib/search-params.ts';
import { useTitle } from '@/lib/title.ts';
import { hasRole } from '@/sync/facts.ts';
import { useEvidenceLive } from '@/sync/insights-live.ts';
import { useOptionalProject, useProject } from '@/sync/project.tsx';
import { EmptyState } from '@/ui/EmptyState.tsx';
import { Page } from '@/ui/Page.tsx';
import { FileStep } from './FileStep.tsx';
import { useHome } from './home.ts';
import css from './importer.module.css';
import { RunWizard } from './RunWizard.tsx';
import { type Step, steps } from './stage.ts';

const stepParam = choiceParam(steps);

/** The role in the project that an import needs; customers are everybody's. */
const needs = { ideas: 'admin', insights: 'contributor', customers: undefined } as const;

/** The import wizard, of ideas, insights or customers: a file, what was found in it, a dry run, the import and its result. */
export default function ImportPage() {
  return useOptionalProject() && <Importer />;
}

function Importer() {
  const { project } = useProject();
  const { home } = useHome();
  useEvidenceLive();
  const [params, setParams] = useSearchParams();
  useTitle(t(`importer.title.${home}`), project.name);
  const run = numberParam.read(params.get('run') ?? '');
  const step = stepParam.read(params.get('step') ?? '');
  const go = useCallback(
    (nextRun: number | undefined, next?: Step) =>
      setParams((last) => withParam(withParam(last, 'run', nextRun?.toString()), 'step', next)),
    [setParams],
  );
  const lacks = needs[home] && !hasRole(project.role, needs[home]) ? home : undefined;
  if (lacks === 'ideas' || lacks === 'insights') {
    return (
      <Page title={t(`importer.title.${home}`)}>
        <EmptyState icon={ImportIcon} title={t(`importer.refused.${lacks}`)}>
          {t(`importer.refusedText.${lacks}`, { project: project.name })}
        </EmptyState>
      </Page>
    );
  }
  return (
    <Page title={t(`importer.title.${home}`)}>
      <div className={css.column}>
        {run === undefined ? (
          <FileStep key={home} onOpen={go} />
        ) : (
          <RunWizard
            key={run}
            id={run}
            wanted={step}
            onStep={(next) => go(run, next)}
            onLeave={() => go(undefined)}
          />
        )}
      </div>
    </Page>
  );
}
