import { Check, Copy } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { t } from '@/lib/i18n.ts';
import { Button } from '@/ui/Button.tsx';
import { Field } from '@/ui/Field.tsx';
import { TextField } from '@/ui/TextField.tsx';
import { copyFrom } from './copy.ts';
import css from './settings.module.css';

/** Props of Secret. */
export interface SecretProps {
  label: string;
  /** The text that is shown this once. */
  value: string;
  hint: string;
  /** Called when the reader is done with it: it is gone then. */
  onDone: () => void;
}

/** A text that is shown once, to be copied; it stays on the page until it is put away. */
export function Secret({ label, value, hint, onDone }: SecretProps) {
  const field = useRef<HTMLInputElement>(null);
  const [copied, setCopied] = useState<boolean>();
  const copy = async () => {
    if (field.current) setCopied(await copyFrom(field.current));
  };
  // The dialog that made it has closed: the text takes the focus, and a screen reader reads it.
  useEffect(() => {
    const frame = requestAnimationFrame(() => field.current?.focus());
    return () => cancelAnimationFrame(frame);
  }, []);
  return (
    <section className={css.secret} aria-label={label}>
      <Field label={label} hint={hint} error={copied === false ? t('settings.copyFailed') : undefined}>
        <TextField
          ref={field}
          className={css.code}
          value={value}
          onValueChange={() => {}}
          readOnly
          spellCheck={false}
          // Backwards, so that the beginning is in sight.
          onFocus={({ currentTarget }) => currentTarget.setSelectionRange(0, value.length, 'backward')}
        />
      </Field>
      <footer className={css.foot}>
        <Button onClick={onDone}>{t('ui.done')}</Button>
        <Button tone="primary" icon={copied ? Check : Copy} onClick={() => void copy()}>
          <span aria-live="polite">{t(copied ? 'settings.copied' : 'settings.copy')}</span>
        </Button>
      </footer>
    </section>
  );
}
