import { useState } from 'react';
import { typeOf } from '@/fields/registry.ts';
import { t } from '@/lib/i18n.ts';
import type { CellValue, FieldInfo } from '@/sync/types.ts';
import css from './History.module.css';
import { Markdown } from './markdown/Markdown.tsx';

interface ChangeValueProps {
  attr: string;
  /** Absent when the field is gone. */
  field: FieldInfo | undefined;
  value: unknown;
}

const short = 140;

/** One side of a change, shown as its field shows values. */
export function ChangeValue({ attr, field, value }: ChangeValueProps) {
  if (value === undefined || value === null || value === '')
    return <span className={css.nothing}>{t('idea.history.empty')}</span>;
  if (attr === 'description' && typeof value === 'string') return <LongText text={value} />;
  if (!field) return <span>{typeof value === 'string' ? value : JSON.stringify(value)}</span>;
  if (field.type === 'long_text' && typeof value === 'string') return <LongText text={value} />;
  const { Cell } = typeOf(field);
  return (
    <span className={css.value}>
      {attr === 'title' && typeof value === 'string' ? (
        value
      ) : (
        <Cell field={field} value={value as CellValue} />
      )}
    </span>
  );
}

function LongText({ text }: { text: string }) {
  const [open, setOpen] = useState(false);
  if (text.length <= short && !text.includes('\n')) return <span className={css.value}>{text}</span>;
  return (
    <span className={css.long}>
      {open ? <Markdown text={text} /> : <span>{text.slice(0, short).replace(/\s+/g, ' ')}…</span>}
      <button type="button" className={css.toggle} aria-expanded={open} onClick={() => setOpen(!open)}>
        {t(open ? 'idea.history.less' : 'idea.history.more')}
      </button>
    </span>
  );
}
