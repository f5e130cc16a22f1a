import { useQuery } from '@tanstack/react-query';
import { formatMoment } from '@/lib/format.ts';
import { t } from '@/lib/i18n.ts';
import { Button } from '@/ui/Button.tsx';
import { Dialog } from '@/ui/Dialog.tsx';
import { Skeleton } from '@/ui/Skeleton.tsx';
import css from './activity.module.css';
import { ChangesByIdea, type Names } from './ChangesByIdea.tsx';
import { previewUndo, type UndoPreview } from './calls.ts';

/** Props of UndoDialog. */
export interface UndoDialogProps {
  group: string;
  by: string;
  at: string;
  onClose: () => void;
  onUndo: () => void;
}

/** Shows what the undo of a group would take back and what not, and does it when one wants. */
export function UndoDialog({ group, by, at, onClose, onUndo }: UndoDialogProps) {
  const { data, error } = useQuery({
    queryKey: ['activity', 'undo', group],
    queryFn: ({ signal }) => previewUndo(group, signal),
    gcTime: 0,
    retry: false,
  });
  const n = data?.changes;
  return (
    <Dialog
      open
      onOpenChange={(open) => open || onClose()}
      title={t('activity.undoTitle')}
      description={t('activity.undoText', { name: by, when: formatMoment(at) })}
      footer={
        <>
          <Button onClick={onClose}>{t('ui.cancel')}</Button>
          <Button
            tone="primary"
            disabled={!n}
            onClick={() => {
              onClose();
              onUndo();
            }}
          >
            {n ? t('activity.undoNow', { n }) : t('activity.undo')}
          </Button>
        </>
      }
    >
      {error && <p role="alert">{error.message}</p>}
      {!data && !error && <Skeleton width="100%" height="120px" />}
      {data && <Preview {...data} />}
    </Dialog>
  );
}

function Preview({ changes, kept, back, stays, ideas, insights }: UndoPreview) {
  const names: Names = { ideas: ideas as Names['ideas'], insights };
  const more = changes - (back?.length ?? 0);
  return (
    <div className={css.preview}>
      {changes > 0 && (
        <section>
          <h3>{t('activity.back', { n: changes })}</h3>
          <ChangesByIdea changes={back ?? []} names={names} more={more} />
        </section>
      )}
      {kept > 0 && (
        <section>
          <h3>{t('activity.stays', { n: kept })}</h3>
          <ChangesByIdea changes={stays ?? []} names={names} />
        </section>
      )}
    </div>
  );
}
