import { Trash2 } from 'lucide-react';
import { useState } from 'react';
import { formatBytes, formatMoment } from '@/lib/format.ts';
import { t } from '@/lib/i18n.ts';
import { useProject } from '@/sync/project.tsx';
import { Badge, type BadgeProps } from '@/ui/Badge.tsx';
import { Banner } from '@/ui/Banner.tsx';
import { Button, IconButton } from '@/ui/Button.tsx';
import { Skeleton } from '@/ui/Skeleton.tsx';
import { toast } from '@/ui/Toast.tsx';
import { countsText } from './Counts.tsx';
import { commitImport, deleteImport, type Run, undoImport } from './calls.ts';
import { useHome } from './home.ts';
import css from './importer.module.css';
import { canResume, canUndo, isIdle, isWorking, stateOf } from './stage.ts';
import { UndoDialog } from './UndoDialog.tsx';
import { useDoing, useKeepRun, useRuns } from './use-runs.ts';

const tones: Record<ReturnType<typeof stateOf>, NonNullable<BadgeProps['tone']>> = {
  staged: 'neutral',
  mapped: 'neutral',
  committing: 'accent',
  committed: 'success',
  failed: 'danger',
  undoing: 'accent',
  undone: 'neutral',
  interrupted: 'warning',
  undoInterrupted: 'warning',
};

/** The earlier imports of the same kind, with what can be done about each. */
export function RunList({ onOpen }: { onOpen: (run: number) => void }) {
  const { home } = useHome();
  const { data, error } = useRuns(home);
  return (
    <section className={css.section} aria-labelledby="import-runs">
      <h2 id="import-runs" className={css.title}>
        {t('importer.runs')}
      </h2>
      {error && !data && <Banner tone="danger">{error.message}</Banner>}
      {!data && !error && <Skeleton height="56px" />}
      {data?.length === 0 && <p className={css.text}>{t('importer.noRuns')}</p>}
      {data && data.length > 0 && (
        <ul className={css.list}>
          {data.map((run) => (
            <RunLine key={run.id} run={run} onOpen={() => onOpen(run.id)} />
          ))}
        </ul>
      )}
    </section>
  );
}

function RunLine({ run, onOpen }: { run: Run; onOpen: () => void }) {
  const { busy, failure, run: doing } = useDoing();
  const { reload } = useKeepRun();
  const { person } = useProject();
  const author = run.createdBy === undefined ? '' : (person(run.createdBy)?.name ?? '');
  const state = stateOf(run);
  const act = async (call: () => Promise<unknown>) => {
    await doing(call);
    await reload(run.id);
  };
  const forget = () =>
    act(async () => {
      await deleteImport(run.id);
      toast({ title: t('importer.forgotten', { file: run.fileName }) });
    });
  return (
    <li className={css.run}>
      <div className={css.runText}>
        <div className={css.runHead}>
          <button type="button" className={css.open} onClick={onOpen}>
            {run.fileName}
          </button>
          <Badge tone={tones[state]}>{t(`importer.state.${state}`)}</Badge>
        </div>
        <p className={css.quiet}>
          {[run.title, formatBytes(run.size), formatMoment(run.createdAt), author]
            .filter(Boolean)
            .join(' · ')}
        </p>
        <p className={css.quiet}>{countsText(run)}</p>
        {run.interrupted && (
          <p className={css.text}>{t(`importer.hint.${state === 'undoInterrupted' ? 'undo' : 'commit'}`)}</p>
        )}
        {(failure || run.error) && <p className={css.wrong}>{failure?.message ?? run.error}</p>}
      </div>
      <div className={css.runActions}>
        <RunActions run={run} busy={busy} act={(call) => void act(call)} onOpen={onOpen} />
        {isIdle(run) && (
          <IconButton
            label={t('importer.forget', { file: run.fileName })}
            icon={Trash2}
            onClick={() => void forget()}
          />
        )}
      </div>
    </li>
  );
}

interface RunActionsProps {
  run: Run;
  busy: boolean;
  act: (call: () => Promise<unknown>) => void;
  onOpen: () => void;
}

function RunActions({ run, busy, act, onOpen }: RunActionsProps) {
  const [asking, setAsking] = useState(false);
  return (
    <>
      {(isIdle(run) || isWorking(run)) && (
        <Button onClick={onOpen}>{t(isIdle(run) ? 'importer.continue' : 'importer.watch')}</Button>
      )}
      {canResume(run) && (
        <Button busy={busy} onClick={() => act(() => commitImport(run.id))}>
          {t('importer.resume')}
        </Button>
      )}
      {canUndo(run) && (
        <Button busy={busy} onClick={() => setAsking(true)}>
          {t('ui.undo')}
        </Button>
      )}
      {asking && (
        <UndoDialog run={run} onClose={() => setAsking(false)} onUndo={() => act(() => undoImport(run.id))} />
      )}
    </>
  );
}
