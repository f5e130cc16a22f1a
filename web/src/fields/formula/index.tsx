import { Sigma } from 'lucide-react';
import { formatComputed, formatStyled } from '@/lib/format.ts';
import { t } from '@/lib/i18n.ts';
import { useProject } from '@/sync/project.tsx';
import type { CellValue, FormulaCell } from '@/sync/types.ts';
import css from '../fields.module.css';
import { laterEditor } from '../later.tsx';
import { writeNumber } from '../text.ts';
import type { CellProps, FieldType } from '../types.ts';

/** A formula's cell, whatever its form on the wire. */
export function formulaIn(value: CellValue): FormulaCell {
  if (typeof value === 'number') return { value };
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return {};
  return 'start' in value || 'likely' in value ? {} : (value as FormulaCell);
}

function Cell({ field, value }: CellProps) {
  const { field: byRef } = useProject();
  const cell = formulaIn(value);
  if (cell.error !== undefined) {
    return (
      <span className={`${css.formula} ${css.quiet}`} title={cell.error}>
        <span aria-hidden="true">–</span>
        <span className="visually-hidden">{cell.error}</span>
      </span>
    );
  }
  const missing = cell.missing?.map((ref) => byRef(ref)?.name ?? ref) ?? [];
  const text =
    typeof cell.value === 'number' ? formatStyled(cell.value, field.number ?? { decimals: null }) : '–';
  const shown = field.number || typeof cell.value !== 'number' ? text : formatComputed(cell.value);
  return (
    <span className={css.formula} data-formula>
      {missing.length > 0 && (
        <span
          className={css.incomplete}
          role="img"
          aria-label={t('field.formula.missing', { fields: missing.join(', ') })}
        />
      )}{' '}
      {shown}
    </span>
  );
}

/** A number computed from other fields. */
export const formula: FieldType = {
  icon: Sigma,
  align: 'end',
  width: 112,
  Cell,
  Editor: laterEditor(() => import('./Editor.tsx')),
  opensForAll: true,
  toText: (value) => {
    const cell = formulaIn(value);
    return typeof cell.value === 'number' ? writeNumber(cell.value) : '';
  },
  fromText: () => ({ error: t('field.computed') }),
};
