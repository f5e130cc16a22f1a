import { Plus, X } from 'lucide-react';
import { useState } from 'react';
import { typeOf } from '@/fields/registry.ts';
import { t } from '@/lib/i18n.ts';
import { useProject } from '@/sync/project.tsx';
import type { FieldInfo } from '@/sync/types.ts';
import { useFieldTypes } from '@/sync/use-views.ts';
import { Button, IconButton } from '@/ui/Button.tsx';
import { Picker } from '@/ui/Combobox.tsx';
import { Icon } from '@/ui/Icon.tsx';
import { NumberField } from '@/ui/NumberField.tsx';
import { Popover } from '@/ui/Popover.tsx';
import type { Formula } from './calls.ts';
import css from './Formula.module.css';

type Input = NonNullable<Formula['inputs']>[number];

interface FormulaInputsProps {
  field: FieldInfo | undefined;
  weighted: boolean;
  inputs: readonly Input[];
  onChange: (inputs: Input[]) => void;
}

/** The fields that can be counted, without the one that is being made up. */
export function useNumericFields(except: FieldInfo | undefined): FieldInfo[] {
  const { fields } = useProject();
  const types = useFieldTypes();
  return fields.filter((field) => field.ref !== except?.ref && types.get(field.type)?.numeric === true);
}

/** The fields of a sum or a weighted score, each with its weight. */
export function FormulaInputs({ field, weighted, inputs, onChange }: FormulaInputsProps) {
  const { field: byRef } = useProject();
  const candidates = useNumericFields(field);
  const left = candidates.filter((each) => !inputs.some((input) => input.field === each.ref));
  const set = (ref: string, weight: number | null) =>
    onChange(inputs.map((input) => (input.field === ref ? { ...input, weight: weight ?? 0 } : input)));
  return (
    <div className={css.inputs}>
      {inputs.map((input) => {
        const known = byRef(input.field);
        const name = known?.name ?? t('idea.history.deletedField');
        return (
          <div key={input.field} className={css.input}>
            {known && <Icon of={typeOf(known).icon} />}
            <span className={css.inputName}>{name}</span>
            {weighted && (
              <NumberField
                className={css.weight}
                value={input.weight ?? 0}
                step={0.1}
                format={{ maximumFractionDigits: 4 }}
                aria-label={t('field.settings.weightOf', { name })}
                onValueChange={(weight) => set(input.field, weight)}
              />
            )}
            <IconButton
              size="tiny"
              label={t('ui.removeItem', { name })}
              icon={X}
              onClick={() => onChange(inputs.filter((other) => other.field !== input.field))}
            />
          </div>
        );
      })}
      {left.length > 0 && (
        <AddInput
          fields={left}
          onAdd={(ref) => onChange([...inputs, { field: ref, ...(weighted ? { weight: 1 } : {}) }])}
        />
      )}
      {candidates.length === 0 && <p className={css.quiet}>{t('project.formula.noNumbers')}</p>}
    </div>
  );
}

function AddInput({ fields, onAdd }: { fields: readonly FieldInfo[]; onAdd: (ref: string) => void }) {
  const [open, setOpen] = useState(false);
  return (
    <div>
      <Popover
        open={open}
        onOpenChange={setOpen}
        label={t('project.formula.addField')}
        flush
        trigger={
          <Button tone="ghost" icon={Plus}>
            {t('project.formula.addField')}
          </Button>
        }
      >
        <Picker
          label={t('project.formula.addField')}
          options={fields.map((field) => ({ value: field.ref, label: field.name, icon: typeOf(field).icon }))}
          values={[]}
          onValuesChange={([ref]) => {
            setOpen(false);
            if (ref !== undefined) onAdd(ref);
          }}
        />
      </Popover>
    </div>
  );
}
