import { useState } from 'react';
import { Link } from 'wouter';
import { t } from '@/lib/i18n.ts';
import { paths } from '@/lib/routes.ts';
import { useProject } from '@/sync/project.tsx';
import { Banner } from '@/ui/Banner.tsx';
import { Button } from '@/ui/Button.tsx';
import { Counts } from './Counts.tsx';
import type { RunDetail } from './calls.ts';
import { homeOf } from './home.ts';
import css from './importer.module.css';
import { Problems } from './Problems.tsx';
import { showFilled } from './show-fields.ts';
import { canResume, canUndo, isIdle, stateOf } from './stage.ts';
import { UndoDialog } from './UndoDialog.tsx';

/** Props of DoneStep. */
export interface DoneStepProps {
  run: RunDetail;
  /** It is being taken back or resumed. */
  busy: boolean;
  onUndo: () => void;
  onResume: () => void;
  /** Maps an undone import once more. */
  onAgain: () => void;
  onLeave: () => void;
}

/** Where what was imported is seen. */
const targets = { ideas: paths.project, insights: paths.insights, customers: paths.customers } as const;

/** What came of an import, and what can be done about it. */
export function DoneStep({ run, busy, onUndo, onResume, onAgain, onLeave }: DoneStepProps) {
  const { project, fields, views } = useProject();
  const first = views.find(({ id }) => id === project.defaultView) ?? views[0];
  const [asking, setAsking] = useState(false);
  const home = homeOf(run.subject);
  return (
    <div className={css.section}>
      <Outcome run={run} />
      {run.state !== 'undone' && (
        <>
          <Counts counts={run.counts} home={home} />
          <Problems run={run} />
        </>
      )}
      <footer className={css.bar}>
        <div className={css.foot}>
          <Button onClick={onLeave}>{t('importer.allRuns')}</Button>
          {canUndo(run) && (
            <Button busy={busy} onClick={() => setAsking(true)}>
              {t('importer.undo')}
            </Button>
          )}
          {canResume(run) && (
            <Button tone="primary" busy={busy} onClick={onResume}>
              {t('importer.resume')}
            </Button>
          )}
          {isIdle(run) && <Button onClick={onAgain}>{t('importer.again')}</Button>}
          {run.state === 'committed' && (
            <Link
              className={css.primaryLink}
              href={targets[home](project.key)}
              onClick={() => home === 'ideas' && showFilled(run, first, fields)}
            >
              {t(`importer.toList.${home}`)}
            </Link>
          )}
        </div>
      </footer>
      {asking && <UndoDialog run={run} onClose={() => setAsking(false)} onUndo={onUndo} />}
    </div>
  );
}

/** How it ended, in a sentence. */
function Outcome({ run }: { run: RunDetail }) {
  const state = stateOf(run);
  const rows = { done: run.done, rows: run.rows };
  switch (state) {
    case 'committed':
      return (
        <Banner tone="success" title={t('importer.done')}>
          {t('importer.doneText', { n: run.rows })}
        </Banner>
      );
    case 'undone':
      return (
        <Banner tone="success" title={t('importer.undone')}>
          {t('importer.undoneCounts', { n: run.reverted, kept: run.kept })}
        </Banner>
      );
    case 'undoInterrupted':
      return (
        <Banner tone="warning" title={t('importer.state.undoInterrupted')}>
          {t('importer.hint.undo')}
        </Banner>
      );
    case 'failed':
      return (
        <Banner tone="danger" title={t('importer.failed', rows)}>
          {run.error}
        </Banner>
      );
    default:
      return (
        <Banner tone="warning" title={t('importer.stopped', rows)}>
          {t('importer.hint.commit')}
        </Banner>
      );
  }
}
