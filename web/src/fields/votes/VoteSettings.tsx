import { t } from '@/lib/i18n.ts';
import { Field } from '@/ui/Field.tsx';
import { NumberField } from '@/ui/NumberField.tsx';
import css from '../fields.module.css';
import type { SettingsProps } from '../types.ts';

/** Votes that each person has, until an admin says otherwise. */
export const defaultBudget = 10;

/** How many votes each person has. */
export function VoteSettings({ votes, onVotesChange }: SettingsProps) {
  return (
    <div className={css.form}>
      <div className={css.row}>
        <Field label={t('field.votes.budget')} hint={t('field.votes.budgetHint')}>
          <NumberField
            value={votes.budget ?? defaultBudget}
            min={1}
            max={10_000}
            onValueChange={(budget) => onVotesChange({ budget: budget ?? undefined })}
          />
        </Field>
      </div>
    </div>
  );
}
