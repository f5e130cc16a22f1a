import '@/lib/messages/later/evidence.ts';
import { type MessageId, t } from '@/lib/i18n.ts';
import { useCustomerFields } from '@/sync/customers.ts';
import type { EvidenceRule } from '@/sync/types.ts';
import { Checkbox } from '@/ui/Checkbox.tsx';
import { Field } from '@/ui/Field.tsx';
import { NumberField } from '@/ui/NumberField.tsx';
import { Select } from '@/ui/Select.tsx';
import { TextField } from '@/ui/TextField.tsx';
import css from '../fields.module.css';
import type { SettingsProps } from '../types.ts';

const measures = [
  'insights',
  'people',
  'companies',
  'sum',
  'weighted',
  'share',
  'demand',
  'against',
] as const;
type Measure = (typeof measures)[number];

/** The measure, and what it needs to know. */
export default function EvidenceForm({ evidence, onEvidenceChange: change }: SettingsProps) {
  const measure = measures.find((each) => each === evidence.measure) ?? 'insights';
  const looksAtField = measure === 'sum' || measure === 'weighted' || measure === 'share';
  const hint: MessageId = `evidence.hint.${measure}`;
  return (
    <div className={css.form}>
      <Field label={t('evidence.measure')} hint={t(hint)}>
        <Select<Measure>
          options={measures.map((value) => ({ value, label: t(`evidence.measure.${value}`) }))}
          value={measure}
          onValueChange={(next) => change({ measure: next })}
        />
      </Field>
      {looksAtField && <Of rule={evidence} measure={measure} onChange={change} />}
      {measure === 'weighted' && (
        <Field label={t('evidence.cap')} hint={t('evidence.capHint')} optional>
          <NumberField
            value={evidence.cap ?? null}
            min={0}
            onValueChange={(cap) => change({ ...evidence, cap: cap || undefined })}
          />
        </Field>
      )}
      {measure === 'demand' && (
        <Field label={t('evidence.halfLife')}>
          <NumberField
            value={evidence.halfLife ?? 90}
            min={1}
            max={3650}
            suffix={t('evidence.days')}
            onValueChange={(days) => change({ ...evidence, halfLife: days ?? undefined })}
          />
        </Field>
      )}
    </div>
  );
}

interface OfProps {
  rule: EvidenceRule;
  measure: Measure;
  onChange: (rule: EvidenceRule) => void;
}

/** The customer field that is looked at. */
function Of({ rule, measure, onChange }: OfProps) {
  const all = useCustomerFields();
  const fields = measure === 'share' ? all : all.filter(({ type }) => type === 'number');
  const chosen = fields.find(({ id }) => id === rule.of);
  if (fields.length === 0) return <p className={css.note}>{t('evidence.noFields')}</p>;
  return (
    <>
      <Field label={t('evidence.of')}>
        <Select
          options={fields.map(({ id, name }) => ({ value: String(id), label: name }))}
          value={chosen ? String(chosen.id) : null}
          placeholder={t('evidence.ofNone')}
          onValueChange={(id) => {
            const field = fields.find((each) => String(each.id) === id);
            if (field) onChange({ ...rule, of: field.id, by: field.of, value: undefined });
          }}
        />
      </Field>
      {measure === 'share' && chosen && (
        <Field label={t('evidence.value')}>
          {chosen.options && chosen.options.length > 0 ? (
            <Select
              options={chosen.options.map((value) => ({ value, label: value }))}
              value={rule.value ?? null}
              onValueChange={(value) => onChange({ ...rule, value })}
            />
          ) : (
            <TextField value={rule.value ?? ''} onValueChange={(value) => onChange({ ...rule, value })} />
          )}
        </Field>
      )}
      <Checkbox
        label={t('evidence.recorded')}
        checked={rule.recorded ?? false}
        onCheckedChange={(recorded) => onChange({ ...rule, recorded })}
      />
    </>
  );
}
