import { useState } from 'react';
import { t } from '@/lib/i18n.ts';
import { Banner } from '@/ui/Banner.tsx';
import { Button } from '@/ui/Button.tsx';
import { Skeleton } from '@/ui/Skeleton.tsx';
import { CheckStep } from './CheckStep.tsx';
import { commitImport, type RunDetail, undoImport } from './calls.ts';
import { DoneStep } from './DoneStep.tsx';
import css from './importer.module.css';
import { MapStep } from './MapStep.tsx';
import { Steps } from './Steps.tsx';
import { type Step, stepOf } from './stage.ts';
import { useDoing, useKeepRun, useRun } from './use-runs.ts';
import { WorkStep } from './WorkStep.tsx';

/** Props of RunWizard. */
export interface RunWizardProps {
  id: number;
  /** The step that the address asks for. */
  wanted: Step | undefined;
  onStep: (step: Step) => void;
  /** Back to the choice of a file. */
  onLeave: () => void;
}

/** The steps after the file, for one import. */
export function RunWizard({ id, wanted, onStep, onLeave }: RunWizardProps) {
  const [acting, setActing] = useState(false);
  const { data, error, refetch } = useRun(id, acting);
  if (!data) {
    if (!error) return <Skeleton height="240px" />;
    return (
      <Banner
        tone="danger"
        title={t('importer.notOpen')}
        actions={
          <>
            <Button onClick={() => void refetch()}>{t('shell.crash.retry')}</Button>
            <Button onClick={onLeave}>{t('importer.allRuns')}</Button>
          </>
        }
      >
        {error.message}
      </Banner>
    );
  }
  return (
    <>
      {error && <Banner tone="warning">{error.message}</Banner>}
      <RunSteps run={data} wanted={wanted} onStep={onStep} onLeave={onLeave} onActing={setActing} />
    </>
  );
}

interface RunStepsProps extends Omit<RunWizardProps, 'id'> {
  run: RunDetail;
  onActing: (acting: boolean) => void;
}

function RunSteps({ run, wanted, onStep, onLeave, onActing }: RunStepsProps) {
  const { update, reload } = useKeepRun();
  const { busy, failure, run: doing } = useDoing();
  const step = stepOf(run, wanted);
  const act = async (call: () => Promise<unknown>) => {
    onActing(true);
    await doing(call);
    await reload(run.id);
    onActing(false);
  };
  const commit = () =>
    void act(async () => {
      await update(await commitImport(run.id));
      onStep('work');
    });
  const undo = () => void act(async () => update(await undoImport(run.id)));
  const open: Step[] = step === 'check' ? ['file', 'map'] : step === 'map' ? ['file'] : [];
  return (
    <>
      <Steps at={step} open={open} onStep={(next) => (next === 'file' ? onLeave() : onStep(next))} />
      <h2 className={css.fileName}>{run.fileName}</h2>
      {failure && <Banner tone="danger">{failure.message}</Banner>}
      {step === 'map' && <MapStep run={run} onNext={() => onStep('check')} onLeave={onLeave} />}
      {step === 'check' && <CheckStep run={run} busy={busy} onBack={() => onStep('map')} onCommit={commit} />}
      {step === 'work' && <WorkStep run={run} />}
      {step === 'done' && (
        <DoneStep
          run={run}
          busy={busy}
          onUndo={undo}
          onResume={commit}
          onAgain={() => onStep('map')}
          onLeave={onLeave}
        />
      )}
    </>
  );
}
