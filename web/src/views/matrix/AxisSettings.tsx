import { typeOf } from '@/fields/registry.ts';
import { t } from '@/lib/i18n.ts';
import { useProject } from '@/sync/project.tsx';
import { Checkbox } from '@/ui/Checkbox.tsx';
import { Combobox } from '@/ui/Combobox.tsx';
import { NumberField } from '@/ui/NumberField.tsx';
import type { LayoutProps } from '../types.ts';
import css from './AxisSettings.module.css';
import { type AxisChoice, hasEnds } from './axis.ts';
import { numberFields, planOf, withMatrix } from './definition.ts';

interface AxisSettingsProps extends LayoutProps {
  which: 'x' | 'y';
  heading: boolean;
}

/** Chooses the field of an axis and how it is drawn. */
export function AxisSettings({ definition, onChange, which, heading }: AxisSettingsProps) {
  const { allFields } = useProject();
  const plan = planOf(definition, allFields);
  const other = which === 'x' ? 'y' : 'x';
  const label = t(which === 'x' ? 'matrix.axis.x' : 'matrix.axis.y');
  const { layout } = plan;
  // What was guessed is written down with the first choice, so that it stays.
  const chosen = { ...layout[which], field: plan[which]?.ref };
  const beside = { ...layout[other], field: plan[other]?.ref };
  const { quadrants } = layout;
  const choose = (ref: string | null) => {
    if (ref === null || ref === chosen.field) return;
    if (ref === beside.field) {
      onChange(
        withMatrix(definition, {
          [which]: { ...chosen, field: ref },
          [other]: { ...beside, field: chosen.field },
        }),
      );
      return;
    }
    // A divider belongs to the values of the field that was here.
    const { [which]: _gone, ...rest } = quadrants ?? {};
    onChange(withMatrix(definition, { [which]: { field: ref }, [other]: beside, quadrants: rest }));
  };
  const set = (part: AxisChoice) =>
    onChange(withMatrix(definition, { [which]: { ...chosen, ...part }, [other]: beside }));
  return (
    <div className={css.settings}>
      {heading && <strong className={css.name}>{label}</strong>}
      <Combobox
        label={t('matrix.axis.field', { axis: label })}
        options={numberFields(allFields).map((field) => ({
          value: field.ref,
          label: field.name,
          icon: typeOf(field).icon,
        }))}
        value={chosen.field ?? null}
        onValueChange={choose}
      />
      <div className={css.row}>
        <Checkbox
          label={t('matrix.axis.log')}
          checked={chosen.log ?? false}
          onCheckedChange={(log) => set({ log: log || undefined })}
        />
        <Checkbox
          label={t('matrix.axis.reversed')}
          checked={chosen.reversed ?? false}
          onCheckedChange={(reversed) => set({ reversed: reversed || undefined })}
        />
      </div>
      {plan[which] && hasEnds(plan[which]) && (
        <div className={css.row}>
          {(['from', 'to'] as const).map((end) => (
            <NumberField
              key={end}
              aria-label={t(end === 'from' ? 'matrix.axis.from' : 'matrix.axis.to', { axis: label })}
              placeholder={t(end === 'from' ? 'matrix.axis.fromAny' : 'matrix.axis.toAny')}
              value={chosen[end] ?? null}
              onValueChange={() => {}}
              onValueCommit={(value) => set({ [end]: value ?? undefined })}
            />
          ))}
        </div>
      )}
    </div>
  );
}
