import { t } from '@/lib/i18n.ts';
import { Field } from '@/ui/Field.tsx';
import { NumberField } from '@/ui/NumberField.tsx';
import { Select } from '@/ui/Select.tsx';
import { TextField } from '@/ui/TextField.tsx';
import css from './fields.module.css';
import type { SettingsProps } from './types.ts';

const styles = ['plain', 'percent', 'currency'] as const;

/** How a number is written; and the range, where the type has one. */
export function NumberSettings({ number, onNumberChange }: SettingsProps) {
  const style = styles.find((each) => each === number.style) ?? 'plain';
  const change = (part: Partial<typeof number>) => onNumberChange({ ...number, ...part });
  return (
    <div className={css.form}>
      <div className={css.row}>
        <Field label={t('field.settings.format')}>
          <Select
            aria-label={t('field.settings.format')}
            options={styles.map((value) => ({ value, label: t(`field.settings.format.${value}`) }))}
            value={style}
            onValueChange={(next) => change({ style: next })}
          />
        </Field>
        {style !== 'percent' && (
          <Field label={t(style === 'currency' ? 'field.settings.currency' : 'field.settings.unit')}>
            <TextField
              value={number.unit ?? ''}
              maxLength={style === 'currency' ? 3 : 20}
              onValueChange={(unit) => change({ unit: unit === '' ? undefined : unit })}
            />
          </Field>
        )}
        <Field label={t('field.settings.decimals')}>
          <NumberField
            value={number.decimals ?? null}
            min={0}
            max={6}
            placeholder={t('field.settings.decimals.auto')}
            onValueChange={(decimals) => change({ decimals: decimals ?? undefined })}
          />
        </Field>
      </div>
    </div>
  );
}

/** The range of a slider. */
export function RangeSettings(props: SettingsProps) {
  const { number, onNumberChange } = props;
  const edges = [
    { key: 'min', label: t('field.settings.min'), initial: 0 },
    { key: 'max', label: t('field.settings.max'), initial: 100 },
    { key: 'step', label: t('field.settings.step'), initial: 1 },
  ] as const;
  return (
    <div className={css.form}>
      <div className={css.row}>
        {edges.map(({ key, label, initial }) => (
          <Field key={key} label={label}>
            <NumberField
              value={number[key] ?? initial}
              onValueChange={(next) => onNumberChange({ ...number, [key]: next ?? undefined })}
            />
          </Field>
        ))}
      </div>
      <NumberSettings {...props} />
    </div>
  );
}
