import { useMemo, useState } from 'react';
import { t } from '@/lib/i18n.ts';
import { useInsightWriter } from '@/sync/insights.ts';
import { useProject } from '@/sync/project.tsx';
import { Banner } from '@/ui/Banner.tsx';
import { Button } from '@/ui/Button.tsx';
import { Dialog } from '@/ui/Dialog.tsx';
import { Field } from '@/ui/Field.tsx';
import { Segments } from '@/ui/Segments.tsx';
import { TextArea } from '@/ui/TextArea.tsx';
import { toast } from '@/ui/Toast.tsx';
import css from './insights.module.css';
import { cut, guessSplit, type Split } from './paste.ts';

const preview = 8;

/** Adds many insights at once from a text, which shows first what will come of it. */
export function PasteDialog({ onClose }: { onClose: () => void }) {
  const { session } = useProject();
  const writer = useInsightWriter();
  const [text, setText] = useState('');
  const [chosen, choose] = useState<Split>();
  const [error, setError] = useState('');
  const [busy, setBusy] = useState(false);
  const by = chosen ?? guessSplit(text);
  const parts = useMemo(() => cut(text, by), [text, by]);
  const add = async () => {
    setBusy(true);
    try {
      const group = await writer.addMany(parts.map((note) => ({ note })));
      toast({ title: t('insights.pasted', { n: parts.length }), undo: () => void session.undoGroup(group) });
      onClose();
    } catch (cause) {
      setError(cause instanceof Error ? cause.message : String(cause));
      setBusy(false);
    }
  };
  return (
    <Dialog
      open
      size="large"
      onOpenChange={(open) => !open && onClose()}
      title={t('insights.pasteTitle')}
      description={t('insights.pasteHint')}
      footer={
        <>
          <Button onClick={onClose}>{t('ui.cancel')}</Button>
          <Button tone="primary" busy={busy} disabled={parts.length === 0} onClick={() => void add()}>
            {t('insights.pasteAdd', { n: parts.length })}
          </Button>
        </>
      }
    >
      <div className={css.paste}>
        {error && <Banner tone="danger">{error}</Banner>}
        <Field label={t('insights.pasteText')}>
          <TextArea rows={8} value={text} onValueChange={setText} />
        </Field>
        <Field label={t('insights.pasteSplit')}>
          <Segments
            label={t('insights.pasteSplit')}
            options={[
              { value: 'lines', label: t('insights.pasteLines') },
              { value: 'blocks', label: t('insights.pasteBlocks') },
            ]}
            value={by}
            onValueChange={choose}
          />
        </Field>
        {parts.length > 0 && (
          <ol className={css.preview}>
            {parts.slice(0, preview).map((part, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: the parts have no other identity
              <li key={at}>{part}</li>
            ))}
            {parts.length > preview && <li>{t('insights.pasteMore', { n: parts.length - preview })}</li>}
          </ol>
        )}
      </div>
    </Dialog>
  );
}
