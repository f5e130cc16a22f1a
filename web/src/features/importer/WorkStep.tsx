import { t } from '@/lib/i18n.ts';
import { ProgressBar } from '@/ui/ProgressBar.tsx';
import { Counts } from './Counts.tsx';
import type { RunDetail } from './calls.ts';
import { homeOf } from './home.ts';
import css from './importer.module.css';

/** How far an import, or its undo, has come: rows of rows, as the server counts them. */
export function WorkStep({ run }: { run: RunDetail }) {
  const undoing = run.state === 'undoing';
  return (
    <div className={css.section}>
      <div className={css.card}>
        <ProgressBar
          label={t(undoing ? 'importer.undoing' : 'importer.importing')}
          done={undoing ? null : run.done}
          total={run.rows}
          showCount={!undoing}
        />
        <p className={css.text}>{t(undoing ? 'importer.undoingText' : 'importer.importingText')}</p>
      </div>
      {!undoing && <Counts counts={run.counts} home={homeOf(run.subject)} />}
    </div>
  );
}
