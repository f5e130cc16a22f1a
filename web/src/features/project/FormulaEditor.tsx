import { t } from '@/lib/i18n.ts';
import type { FieldInfo } from '@/sync/types.ts';
import { Segments } from '@/ui/Segments.tsx';
import type { Formula } from './calls.ts';
import { ExpressionEditor } from './ExpressionEditor.tsx';
import css from './Formula.module.css';
import { FormulaInputs } from './FormulaInputs.tsx';
import { FormulaPreview } from './FormulaPreview.tsx';
import { FormulaTemplates } from './FormulaTemplates.tsx';
import { useFormulaCheck } from './use-formula-check.ts';

/** Props of FormulaEditor. */
export interface FormulaEditorProps {
  /** The field that is changed; absent for a new one. */
  field: FieldInfo | undefined;
  name: string;
  formula: Formula;
  onChange: (formula: Formula) => void;
}

const kinds = ['weighted', 'sum', 'expression'] as const;

/** Makes up a formula, checked and tried on real ideas while it is written. */
export function FormulaEditor({ field, name, formula, onChange }: FormulaEditorProps) {
  const state = useFormulaCheck(formula, field?.id, name);
  const kind = kinds.find((each) => each === formula.kind) ?? 'weighted';
  // What was written for one kind is there again when one comes back to it.
  const change = (part: Partial<Formula>) => onChange({ ...formula, ...part });
  return (
    <section className={css.editor} aria-label={t('project.formula')}>
      <div className={css.top}>
        <Segments
          label={t('project.formula.kind')}
          options={kinds.map((each) => ({ value: each, label: t(`project.formula.${each}`) }))}
          value={kind}
          onValueChange={(next) => change({ kind: next })}
        />
        <FormulaTemplates onFormula={onChange} />
      </div>
      <p className={css.quiet}>{t(`project.formula.${kind}Text`)}</p>
      {kind === 'expression' ? (
        <ExpressionEditor
          field={field}
          text={formula.expression ?? ''}
          errors={state.check?.errors ?? []}
          onChange={(expression) => change({ expression })}
        />
      ) : (
        <FormulaInputs
          field={field}
          weighted={kind === 'weighted'}
          inputs={formula.inputs ?? []}
          onChange={(inputs) => change({ inputs })}
        />
      )}
      <FormulaPreview state={state} />
    </section>
  );
}
