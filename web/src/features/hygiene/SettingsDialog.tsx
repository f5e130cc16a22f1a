import { useState } from 'react';
import { useSend } from '@/api/use-send.ts';
import { t } from '@/lib/i18n.ts';
import { useProject } from '@/sync/project.tsx';
import type { FieldInfo } from '@/sync/types.ts';
import { Checkbox } from '@/ui/Checkbox.tsx';
import { Field } from '@/ui/Field.tsx';
import { FormDialog } from '@/ui/FormDialog.tsx';
import { NumberField } from '@/ui/NumberField.tsx';
import { Select } from '@/ui/Select.tsx';
import css from './hygiene.module.css';
import { type Kind, kinds, type Settings, saveSettings } from './use-hygiene.ts';

const numbers = new Set(['formula', 'number', 'rating', 'slider', 'votes', 'evidence']);
const dates = new Set(['date', 'interval']);
const byItself = '-';

/** How the project looks at what rots. */
export function SettingsDialog({
  settings,
  onClose,
}: {
  settings: Settings;
  onClose: (saved: boolean) => void;
}) {
  const { fields, session } = useProject();
  const [draft, setDraft] = useState(settings);
  const { busy, failure, send } = useSend();
  const change = (part: Partial<Settings>) => setDraft((last) => ({ ...last, ...part }));
  const submit = async () => {
    const closed = draft.closed ?? [];
    if (await send(() => saveSettings(session.key, { ...draft, closed }))) onClose(true);
  };
  const off = new Set(draft.off ?? []);
  return (
    <FormDialog
      title={t('hygiene.set.title')}
      action={t('hygiene.set.save')}
      busy={busy}
      refused={failure?.message}
      onSubmit={submit}
      onClose={() => onClose(false)}
    >
      <div className={css.pair}>
        <Field label={t('hygiene.set.score')} hint={t('hygiene.set.scoreHint')}>
          <OneField
            fields={fields.filter(({ type, id }) => id !== undefined && numbers.has(type))}
            value={draft.score}
            onChange={(score) => change({ score })}
          />
        </Field>
        <Field label={t('hygiene.set.date')} hint={t('hygiene.set.dateHint')}>
          <OneField
            fields={fields.filter(({ type, id }) => id !== undefined && dates.has(type))}
            value={draft.date}
            onChange={(date) => change({ date })}
          />
        </Field>
        <Field label={t('hygiene.set.months')}>
          <NumberField
            value={draft.months ?? 6}
            min={1}
            max={120}
            onValueChange={(months) => change({ months: months ?? 0 })}
          />
        </Field>
        <Field label={t('hygiene.set.days')}>
          <NumberField
            value={draft.days ?? 14}
            min={1}
            max={3650}
            onValueChange={(days) => change({ days: days ?? 0 })}
          />
        </Field>
      </div>
      <Closed draft={draft} onChange={(closed) => change({ closed })} />
      <fieldset className={css.set}>
        <legend className={css.legend}>{t('hygiene.set.looked')}</legend>
        <div className={css.choices}>
          {kinds.map((kind: Kind) => (
            <Checkbox
              key={kind}
              label={t(`hygiene.${kind}`)}
              checked={!off.has(kind)}
              onCheckedChange={(on) =>
                change({ off: kinds.filter((each) => (each === kind ? !on : off.has(each))) })
              }
            />
          ))}
        </div>
      </fieldset>
    </FormDialog>
  );
}

function OneField(props: { fields: readonly FieldInfo[]; value?: string; onChange: (ref: string) => void }) {
  return (
    <Select
      value={props.value || byItself}
      onValueChange={(ref) => props.onChange(ref === byItself ? '' : ref)}
      options={[
        { value: byItself, label: t('hygiene.set.none') },
        ...props.fields.map(({ ref, name }) => ({ value: ref, label: name })),
      ]}
    />
  );
}

/** The options that say that an idea is done or given up. */
function Closed({ draft, onChange }: { draft: Settings; onChange: (closed: Settings['closed']) => void }) {
  const { fields } = useProject();
  const closed = draft.closed ?? [];
  const selects = fields.filter(({ type, options }) => type === 'select' && (options?.length ?? 0) > 0);
  return (
    <fieldset className={css.set}>
      <legend className={css.legend}>{t('hygiene.set.closed')}</legend>
      <p className={css.text}>{t('hygiene.set.closedHint')}</p>
      {selects.map(({ ref, name, options }) => (
        <div key={ref} className={css.options}>
          <span className={css.note}>{name}</span>
          <div className={css.choices}>
            {options?.map((option) => {
              const is = closed.some((each) => each.field === ref && each.option === option.id);
              const rest = closed.filter((each) => each.field !== ref || each.option !== option.id);
              return (
                <Checkbox
                  key={option.id}
                  label={option.name}
                  checked={is}
                  onCheckedChange={() => onChange(is ? rest : [...rest, { field: ref, option: option.id }])}
                />
              );
            })}
          </div>
        </div>
      ))}
    </fieldset>
  );
}
