import { t } from '@/lib/i18n.ts';
import { ConfirmDialog } from '@/ui/ConfirmDialog.tsx';
import type { Run } from './calls.ts';
import { homeOf } from './home.ts';

/** Asks before an import is taken back: what people wrote since about what it made goes with it. */
export function UndoDialog({ run, onClose, onUndo }: { run: Run; onClose: () => void; onUndo: () => void }) {
  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      title={t('importer.undoTitle', { file: run.fileName })}
      confirm={t('importer.undo')}
      onConfirm={() => {
        onClose();
        onUndo();
      }}
    >
      <p>
        {t(`importer.undoText.${homeOf(run.subject)}`, {
          created: run.counts.created,
          updated: run.counts.updated,
        })}
      </p>
    </ConfirmDialog>
  );
}
