import { formulaIn } from '@/fields/formula/index.tsx';
import { formatNumber } from '@/lib/format.ts';
import { t } from '@/lib/i18n.ts';
import { useProject } from '@/sync/project.tsx';
import type { CellValue } from '@/sync/types.ts';
import { Banner } from '@/ui/Banner.tsx';
import css from './Formula.module.css';
import type { FormulaState } from './use-formula-check.ts';

/** What a formula gives for a few real ideas. */
export function FormulaPreview({ state }: { state: FormulaState }) {
  const { check, failure, pending } = state;
  if (failure) return <Banner tone="warning">{failure}</Banner>;
  if (check?.message) return <Banner tone="danger">{check.message}</Banner>;
  const preview = check?.preview ?? [];
  if (!check?.ok) return null;
  return (
    <section
      className={css.preview}
      data-pending={pending || undefined}
      aria-label={t('project.formula.preview')}
    >
      <h3 className={css.previewTitle}>{t('project.formula.preview')}</h3>
      {preview.length === 0 && <p className={css.quiet}>{t('project.formula.noIdeas')}</p>}
      <dl>
        {preview.map((line) => (
          <div key={line.idea} className={css.previewLine}>
            <dt className={css.previewName}>{line.title}</dt>
            <dd className={css.previewValue}>
              <Outcome value={line.value as CellValue} />
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function Outcome({ value }: { value: CellValue }) {
  const { field } = useProject();
  const cell = formulaIn(value);
  const missing = cell.missing?.map((ref) => field(ref)?.name ?? ref) ?? [];
  return (
    <>
      {typeof cell.value === 'number' ? formatNumber(cell.value) : '–'}
      {cell.error && <span className={css.note}>{cell.error}</span>}
      {missing.length > 0 && (
        <span className={css.note}>{t('field.formula.missing', { fields: missing.join(', ') })}</span>
      )}
    </>
  );
}
