import { useMemo, useState } from 'react';
import { t } from '@/lib/i18n.ts';
import { Button } from '@/ui/Button.tsx';
import { Field } from '@/ui/Field.tsx';
import { Segments } from '@/ui/Segments.tsx';
import { TextArea } from '@/ui/TextArea.tsx';
import css from './importer.module.css';
import { cut, guessSplit, pastedFile, type Split } from './paste.ts';

const preview = 8;

const splits = ['lines', 'blocks', 'table'] as const;

/** Many insights from a text, which shows first how it is cut. */
export function PasteBox({ busy, onFile }: { busy: boolean; onFile: (file: File, by: Split) => void }) {
  const [text, setText] = useState('');
  const [chosen, choose] = useState<Split>();
  const by = chosen ?? guessSplit(text);
  const parts = useMemo(() => cut(text, by), [text, by]);
  // The first row of a table names its columns.
  const count = by === 'table' ? Math.max(0, parts.length - 1) : parts.length;
  return (
    <section className={css.section} aria-label={t('importer.from.text')}>
      <Field label={t('importer.pasteText')} hint={t('importer.pasteHint')}>
        <TextArea rows={8} autoFocus value={text} onValueChange={setText} />
      </Field>
      <Field label={t('importer.pasteSplit')}>
        <Segments
          label={t('importer.pasteSplit')}
          options={splits.map((value) => ({ value, label: t(`importer.paste.${value}`) }))}
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
          {parts.length > preview && <li>{t('importer.pasteMore', { n: parts.length - preview })}</li>}
        </ol>
      )}
      <footer className={css.bar}>
        <div className={css.foot}>
          <Button
            tone="primary"
            busy={busy}
            disabled={count === 0}
            onClick={() => onFile(pastedFile(text, by), by)}
          >
            {t('importer.pasteCheck', { n: count })}
          </Button>
        </div>
      </footer>
    </section>
  );
}
