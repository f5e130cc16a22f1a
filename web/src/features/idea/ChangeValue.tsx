import { useState } from 'react';
import { typeOf } from '@/fields/registry.ts';
import { t } from '@/lib/i18n.ts';
import type { CellValue, FieldInfo } from '@/sync/types.ts';
import { Markdown } from '@/views/shared/markdown/Markdown.tsx';
import css from './History.module.css';

interface ChangeValueProps {
  attr: string;
  /** Absent when the field is gone. */
  field: FieldInfo | undefined;
  value: unknown;
}

/** One side of a change, shown as its field shows values. */
export function ChangeValue({ attr, field, value }: ChangeValueProps) {
  if (value === undefined || value === null || value === '')
    return <span className={css.nothing}>{t('idea.history.empty')}</span>;
  if (!field) return <span>{typeof value === 'string' ? value : JSON.stringify(value)}</span>;
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

/** Whether a side of a change is too long for a line. */
function isLong(value: unknown): boolean {
  return typeof value === 'string' && (value.length > 140 || value.includes('\n'));
}

/** Whether a change is shown folded: its texts have more than a line. */
export function isLongChange(before: unknown, after: unknown): boolean {
  return isLong(before) || isLong(after);
}

/** A change of a long text, both sides folded away at first. */
export function LongChange({ before, after }: { before: unknown; after: unknown }) {
  const [open, setOpen] = useState(false);
  return (
    <div className={css.long}>
      <span className={css.nothing}>{t('idea.history.edited')}</span>
      <button type="button" className={css.toggle} aria-expanded={open} onClick={() => setOpen(!open)}>
        {t(open ? 'idea.history.less' : 'idea.history.more')}
      </button>
      {open && (
        <div className={css.sides}>
          <Side label={t('idea.history.before')} value={before} />
          <Side label={t('idea.history.after')} value={after} />
        </div>
      )}
    </div>
  );
}

function Side({ label, value }: { label: string; value: unknown }) {
  return (
    <section className={css.side} aria-label={label}>
      <h4 className={css.sideLabel}>{label}</h4>
      {typeof value === 'string' && value !== '' ? (
        <Markdown text={value} />
      ) : (
        <span className={css.nothing}>{t('idea.history.empty')}</span>
      )}
    </section>
  );
}
