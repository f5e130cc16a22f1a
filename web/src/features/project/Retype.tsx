import { useState } from 'react';
import { errorText } from '@/lib/error-text.ts';
import { formatList } from '@/lib/format.ts';
import { t } from '@/lib/i18n.ts';
import { derivedTypeNames, type FieldInfo } from '@/sync/types.ts';
import { Banner } from '@/ui/Banner.tsx';
import { Button } from '@/ui/Button.tsx';
import { Field } from '@/ui/Field.tsx';
import { Select } from '@/ui/Select.tsx';
import { toast } from '@/ui/Toast.tsx';
import { previewRetype, type RetypeResult, retypeField } from './calls.ts';
import { type CreatableType, creatableTypes, typeName, typeOptions } from './field-types.ts';
import css from './project.module.css';
import { useSave } from './use-save.ts';

interface RetypeProps {
  field: FieldInfo;
  locked: boolean;
  /** Called when another type is chosen but not yet taken, and when that is over: nothing else is to be saved meanwhile. */
  onPending: (pending: boolean) => void;
  /** Called when the type was changed. */
  onDone: () => void;
}

/** A field's type. Choosing another one shows first what would convert and what would be lost. */
export function Retype({ field, locked, onPending, onDone }: RetypeProps) {
  const { busy, failure, save, clear } = useSave();
  const now = creatableTypes.find((type) => type === field.type) ?? 'short_text';
  const [chosen, setChosen] = useState<CreatableType>(now);
  const [preview, setPreview] = useState<RetypeResult>();
  const [wrong, setWrong] = useState<string>();
  const id = field.id ?? 0;
  const choose = async (type: CreatableType) => {
    setChosen(type);
    onPending(type !== now);
    setPreview(undefined);
    setWrong(undefined);
    clear();
    if (type === now) return;
    try {
      setPreview(await previewRetype(id, type));
    } catch (error) {
      setWrong(errorText(error));
    }
  };
  const change = async () => {
    if (!(await save(() => retypeField(id, chosen)))) return;
    toast({ title: t('project.retype.done', { name: field.name, type: typeName(chosen) }) });
    onDone();
  };
  // A formula has no values of its own: it neither comes from another type nor becomes one.
  const options = typeOptions().map((option) => ({
    ...option,
    disabled: option.value !== now && [option.value, now].some((type) => derivedTypeNames.includes(type)),
  }));
  const problem = wrong ?? failure?.message;
  return (
    <>
      <Field label={t('project.field.type')} error={problem}>
        <Select
          options={options}
          value={chosen}
          onValueChange={(type) => void choose(type)}
          disabled={locked || derivedTypeNames.includes(now)}
        />
      </Field>
      {preview && (
        <Banner
          tone={preview.lost > 0 ? 'warning' : 'info'}
          title={t('project.retype.title', { converted: preview.converted, lost: preview.lost })}
        >
          <Outcome preview={preview} />
        </Banner>
      )}
      {chosen !== now && (
        <div className={css.foot}>
          <Button onClick={() => void choose(now)}>
            {t('project.retype.keep', { type: typeName(now) })}
          </Button>
          <Button
            tone={preview && preview.lost > 0 ? 'danger' : 'primary'}
            busy={busy}
            disabled={!preview}
            onClick={() => void change()}
          >
            {t('project.retype.change')}
          </Button>
        </div>
      )}
    </>
  );
}

function Outcome({ preview }: { preview: RetypeResult }) {
  const { options, samples } = preview;
  return (
    <>
      {options && options.length > 0 && (
        <p>{t('project.retype.options', { n: options.length, names: formatList(options.slice(0, 8)) })}</p>
      )}
      {samples && samples.length > 0 && (
        <ul className={css.samples} aria-label={t('project.retype.samples')}>
          {samples.map((sample) => (
            <li key={sample.idea} className={css.sample}>
              <span className={css.name}>{sample.title}</span>
              <span>
                <s>{sample.value}</s> {sample.why}
              </span>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
