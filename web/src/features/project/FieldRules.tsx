import { useState } from 'react';
import { typeOf } from '@/fields/registry.ts';
import { t } from '@/lib/i18n.ts';
import { useProject } from '@/sync/project.tsx';
import type { CellValue, FieldInfo, FieldRules as Rules } from '@/sync/types.ts';
import { MultiCombobox } from '@/ui/Combobox.tsx';
import { Field } from '@/ui/Field.tsx';
import { Select } from '@/ui/Select.tsx';
import { Switch } from '@/ui/Switch.tsx';
import { TextField } from '@/ui/TextField.tsx';
import css from './project.module.css';

/** Props of FieldRules. */
export interface FieldRulesProps {
  /** The field as the dialog has it. */
  field: FieldInfo;
  rules: Rules;
  locked: boolean;
  onChange: (rules: Rules) => void;
}

/** When a field must be filled, and what it starts with. */
export function FieldRules({ field, rules, locked, onChange }: FieldRulesProps) {
  return (
    <div className={css.form}>
      <Switch
        checked={rules.onCreate ?? false}
        onCheckedChange={(on) => onChange({ ...rules, onCreate: on || undefined })}
        label={t('project.rules.onCreate')}
        hint={t('project.rules.onCreateHint')}
        disabled={locked}
      />
      <Before field={field} rules={rules} locked={locked} onChange={onChange} />
      <Default field={field} rules={rules} locked={locked} onChange={onChange} />
    </div>
  );
}

const never = '';

/** Options that an idea may enter only with the field filled. */
function Before({ field, rules, locked, onChange }: FieldRulesProps) {
  const { fields } = useProject();
  const selects = fields.filter((each) => each.type === 'select' && each.ref !== field.ref);
  const { before } = rules;
  const chosen = selects.find((each) => each.ref === before?.field);
  if (selects.length === 0) return null;
  return (
    <div className={css.pair}>
      <Field label={t('project.rules.before')}>
        <Select
          options={[
            { value: never, label: t('project.rules.never') },
            ...selects.map((each) => ({ value: each.ref, label: each.name })),
          ]}
          value={chosen?.ref ?? never}
          disabled={locked}
          onValueChange={(ref) =>
            onChange({ ...rules, before: ref === never ? undefined : { field: ref, options: [] } })
          }
        />
      </Field>
      {chosen && (
        <Field label={t('project.rules.options', { field: chosen.name })}>
          <MultiCombobox
            label={t('project.rules.options', { field: chosen.name })}
            placeholder={t('project.rules.chooseOptions')}
            options={chosen.options.map((each) => ({ value: String(each.id), label: each.name }))}
            values={(before?.options ?? []).map(String)}
            disabled={locked}
            onValuesChange={(ids) =>
              onChange({ ...rules, before: { field: chosen.ref, options: ids.map(Number) } })
            }
          />
        </Field>
      )}
    </div>
  );
}

/** Defaults that depend on who adds the idea, and when. */
const words: Partial<
  Record<FieldInfo['type'], { word: string; label: 'project.rules.me' | 'project.rules.today' }>
> = {
  person: { word: 'me', label: 'project.rules.me' },
  people: { word: 'me', label: 'project.rules.me' },
  date: { word: 'today', label: 'project.rules.today' },
};

/** What a new idea starts with, written as in a cell. */
function Default({ field, rules, locked, onChange }: FieldRulesProps) {
  const { people, me } = useProject();
  const type = typeOf(field);
  const word = words[field.type];
  const start = (rules.default ?? null) as CellValue;
  const asWord = word !== undefined && start === word.word;
  const [text, setText] = useState(() =>
    start === null || asWord ? '' : type.toText(start, field, { people, me }),
  );
  const [problem, setProblem] = useState<string>();
  const set = (next: CellValue) =>
    onChange({ ...rules, default: next === null ? undefined : (next as Rules['default']) });
  const read = (typed: string) => {
    setText(typed);
    const parsed = type.fromText(typed, field, { people, me });
    setProblem('error' in parsed ? parsed.error : undefined);
    if (!('error' in parsed)) set(parsed.value);
  };
  const choices = field.options.map((each) => ({ value: String(each.id), label: each.name }));
  return (
    <Field label={t('project.rules.default')} hint={t('project.rules.defaultHint')} error={problem}>
      <div className={css.pair}>
        {word && (
          <Select
            aria-label={t('project.rules.default')}
            options={[
              { value: 'text', label: t('project.rules.fixed') },
              { value: 'word', label: t(word.label) },
            ]}
            value={asWord ? 'word' : 'text'}
            disabled={locked}
            onValueChange={(which) => {
              setText('');
              set(which === 'word' ? word.word : null);
            }}
          />
        )}
        {field.type === 'select' ? (
          <Select
            aria-label={t('project.rules.default')}
            options={[{ value: never, label: t('project.rules.noDefault') }, ...choices]}
            value={typeof start === 'number' ? String(start) : never}
            disabled={locked}
            onValueChange={(id) => set(id === never ? null : Number(id))}
          />
        ) : (
          !asWord && <TextField value={text} onValueChange={read} disabled={locked} autoComplete="off" />
        )}
      </div>
    </Field>
  );
}
