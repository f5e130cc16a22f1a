import { useState } from 'react';
import { errorText } from '@/lib/error-text.ts';
import { t } from '@/lib/i18n.ts';
import { useInsightWriter } from '@/sync/insights.ts';
import { Button } from '@/ui/Button.tsx';
import { Dialog } from '@/ui/Dialog.tsx';
import { Field } from '@/ui/Field.tsx';
import { TextArea } from '@/ui/TextArea.tsx';

/** Props of QuoteDialog. */
export interface QuoteDialogProps {
  link: number;
  quote: string;
  onClose: () => void;
}

/** Changes which part of an insight speaks of an idea. */
export function QuoteDialog({ link, quote, onClose }: QuoteDialogProps) {
  const writer = useInsightWriter();
  const [text, setText] = useState(quote);
  const [error, setError] = useState('');
  const save = async () => {
    try {
      await writer.quote(link, text);
      onClose();
    } catch (cause) {
      setError(errorText(cause));
    }
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t('insights.quoteEdit')}
      footer={
        <>
          <Button onClick={onClose}>{t('ui.cancel')}</Button>
          <Button tone="primary" onClick={() => void save()}>
            {t('ui.save')}
          </Button>
        </>
      }
    >
      <Field label={t('insights.quote')} hint={t('insights.quoteHint')} error={error}>
        <TextArea rows={4} value={text} onValueChange={setText} />
      </Field>
    </Dialog>
  );
}
