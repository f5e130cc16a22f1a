import { type QueryKey, useQueryClient } from '@tanstack/react-query';
import { useSend } from '@/api/use-send.ts';
import { t } from '@/lib/i18n.ts';
import { Banner } from '@/ui/Banner.tsx';
import { ConfirmDialog } from '@/ui/ConfirmDialog.tsx';
import { toast } from '@/ui/Toast.tsx';
import css from './settings.module.css';

/** Props of Revoke. */
export interface RevokeProps {
  title: string;
  /** What stops working. */
  text: string;
  /** The verb on the button, unless it is to revoke. */
  confirm?: string;
  /** What the toast says once it is done. */
  done: string;
  revoke: () => Promise<void>;
  /** The list that it leaves. */
  from: QueryKey;
  onClose: () => void;
}

/** Asks before a token or a link stops working for good. */
export function Revoke({ title, text, confirm: verb, done, revoke, from, onClose }: RevokeProps) {
  const queries = useQueryClient();
  const { busy, failure, send } = useSend();
  const confirm = async () => {
    if (!(await send(revoke))) return;
    onClose();
    toast({ title: done });
    await queries.invalidateQueries({ queryKey: from });
  };
  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      title={title}
      confirm={verb ?? t('settings.revoke')}
      busy={busy}
      onConfirm={() => void confirm()}
    >
      <div className={css.stack}>
        <p>{text}</p>
        {failure && <Banner tone="danger">{failure.message}</Banner>}
      </div>
    </ConfirmDialog>
  );
}
