import { type KeyboardEvent, useRef, useState } from 'react';
import { t } from '@/lib/i18n.ts';
import { readStored, writeStored } from '@/lib/storage.ts';
import { Button } from '@/ui/Button.tsx';
import { TextArea } from '@/ui/TextArea.tsx';
import css from './Comments.module.css';

/** Props of CommentComposer. */
export interface CommentComposerProps {
  label: string;
  /** The verb on the button. */
  submit: string;
  /** What stands in it at first. */
  text?: string;
  /** Keeps what is typed in this browser under this name until it is sent. */
  draftKey?: string;
  /** Rejects with why it was refused; what was typed then stays. */
  onSubmit: (body: string) => Promise<void>;
  onCancel?: () => void;
}

/** A place to write a comment in Markdown. */
export function CommentComposer(props: CommentComposerProps) {
  const { label, submit, draftKey, onSubmit, onCancel } = props;
  const [text, setText] = useState(() => props.text ?? (draftKey ? (readStored(draftKey) ?? '') : ''));
  const [busy, setBusy] = useState(false);
  const [wrong, setWrong] = useState<string>();
  const area = useRef<HTMLTextAreaElement>(null);
  const write = (next: string) => {
    setText(next);
    setWrong(undefined);
    if (draftKey) writeStored(draftKey, next === '' ? null : next);
  };
  const send = async () => {
    if (busy || text.trim() === '') return;
    setBusy(true);
    try {
      await onSubmit(text.trim());
      write('');
    } catch (error) {
      setWrong(error instanceof Error ? error.message : String(error));
    } finally {
      setBusy(false);
      area.current?.focus({ preventScroll: true });
    }
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && (event.metaKey || event.ctrlKey)) {
      event.preventDefault();
      event.stopPropagation();
      void send();
    } else if (event.key === 'Escape' && onCancel) {
      event.preventDefault();
      event.stopPropagation();
      onCancel();
    }
  };
  return (
    <div className={css.composer}>
      <TextArea
        ref={area}
        rows={2}
        value={text}
        onValueChange={write}
        onKeyDown={onKeyDown}
        placeholder={t('idea.comments.placeholder')}
        aria-label={label}
        aria-invalid={wrong !== undefined}
        autoFocus={onCancel !== undefined}
      />
      {wrong && (
        <p className={css.wrong} role="alert">
          {wrong}
        </p>
      )}
      {(text !== '' || onCancel) && (
        <div className={css.foot}>
          <span className={css.hint}>{t('idea.comments.markdown')}</span>
          {onCancel && (
            <Button tone="ghost" onClick={onCancel}>
              {t('ui.cancel')}
            </Button>
          )}
          <Button tone="primary" busy={busy} disabled={text.trim() === ''} onClick={() => void send()}>
            {submit}
          </Button>
        </div>
      )}
    </div>
  );
}
