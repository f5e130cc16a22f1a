import { type FormEvent, useRef, useState } from 'react';
import { fieldType } from '@/fields/registry.ts';
import { t } from '@/lib/i18n.ts';
import { updateField } from '@/sync/calls.ts';
import { hasRole } from '@/sync/facts.ts';
import { useProject } from '@/sync/project.tsx';
import type { FieldInfo, NumberFormat, Option } from '@/sync/types.ts';
import { Banner } from '@/ui/Banner.tsx';
import { Button } from '@/ui/Button.tsx';
import { Dialog } from '@/ui/Dialog.tsx';
import { Field } from '@/ui/Field.tsx';
import { Select } from '@/ui/Select.tsx';
import { Switch } from '@/ui/Switch.tsx';
import { TextField } from '@/ui/TextField.tsx';
import { createField, type Formula } from './calls.ts';
import { FormulaEditor } from './FormulaEditor.tsx';
import { type CreatableType, creatableTypes, typeOptions } from './field-types.ts';
import { plainFormula } from './formula.ts';
import css from './project.module.css';
import { Retype } from './Retype.tsx';
import { useSave } from './use-save.ts';

/** Props of FieldDialog. */
export interface FieldDialogProps {
  /** The field to change; absent for a new one. */
  field: FieldInfo | undefined;
  onClose: () => void;
}

/** The parts of a field that the dialog changes. */
interface Draft {
  name: string;
  description: string;
  type: CreatableType;
  options: readonly Option[];
  number: NumberFormat;
  formula: Formula;
  pinned: boolean;
  hidden: boolean;
  open: boolean;
}

function draftOf(field: FieldInfo | undefined): Draft {
  return {
    name: field?.name ?? '',
    description: field?.description ?? '',
    type: creatableTypes.find((type) => type === field?.type) ?? 'short_text',
    options: field?.options ?? [],
    number: field?.number ?? {},
    formula: field?.formula ?? { kind: 'weighted', inputs: [] },
    pinned: field?.pinned ?? false,
    hidden: field?.hidden ?? false,
    open: field?.openToContributors ?? false,
  };
}

/** What is sent of a draft: only what its type has. */
export function bodyOf(draft: Draft) {
  const { name, description, type, number, formula, pinned, hidden, open } = draft;
  const options = draft.options
    .filter((option) => option.name.trim() !== '')
    .map(({ id, ...rest }) => (id > 0 ? { id, ...rest } : rest));
  return {
    name: name.trim(),
    description: description.trim(),
    pinned,
    hidden,
    openToContributors: open,
    ...(type === 'select' || type === 'multi_select' ? { options } : {}),
    ...(['number', 'slider', 'formula'].includes(type) && Object.keys(number).length > 0 ? { number } : {}),
    ...(type === 'formula' ? { formula: plainFormula(formula) } : {}),
  };
}

/** Makes a field or changes one. */
export function FieldDialog({ field, onClose }: FieldDialogProps) {
  const { project } = useProject();
  const { busy, failure, save } = useSave();
  const [draft, setDraft] = useState(() => draftOf(field));
  const [tried, setTried] = useState(false);
  const name = useRef<HTMLInputElement>(null);
  const locked = !hasRole(project.role, 'admin');
  const set = (part: Partial<Draft>) => setDraft((last) => ({ ...last, ...part }));
  const { Settings } = fieldType(draft.type);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (draft.name.trim() === '' || busy) return;
    const { id, version } = field ?? {};
    const done = await save(() =>
      id === undefined
        ? createField(project.key, { type: draft.type, ...bodyOf(draft) })
        : updateField(id, { ...bodyOf(draft), version }),
    );
    if (done) onClose();
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      title={field ? t('project.field.edit', { name: field.name }) : t('project.field.add')}
      size={draft.type === 'formula' ? 'large' : 'medium'}
      initialFocus={name}
    >
      <form className={css.form} onSubmit={(event) => void submit(event)} noValidate>
        {failure && <Banner tone="danger">{failure.message}</Banner>}
        <Field
          label={t('project.name')}
          error={tried && draft.name.trim() === '' ? t('project.field.nameNeeded') : undefined}
        >
          <TextField
            ref={name}
            value={draft.name}
            onValueChange={(text) => set({ name: text })}
            disabled={locked}
          />
        </Field>
        {field ? (
          <Retype field={field} locked={locked} onDone={onClose} />
        ) : (
          <Field label={t('project.field.type')}>
            <Select options={typeOptions()} value={draft.type} onValueChange={(type) => set({ type })} />
          </Field>
        )}
        <Field label={t('idea.description')} optional>
          <TextField
            value={draft.description}
            onValueChange={(text) => set({ description: text })}
            disabled={locked}
          />
        </Field>
        {draft.type === 'formula' && (
          <FormulaEditor
            field={field}
            name={draft.name}
            formula={draft.formula}
            onChange={(formula) => set({ formula })}
          />
        )}
        {Settings && (
          <Settings
            options={draft.options}
            number={draft.number}
            onOptionsChange={(options) => set({ options })}
            onNumberChange={(number) => set({ number })}
          />
        )}
        <div className={css.switches}>
          <Switch
            checked={draft.pinned}
            onCheckedChange={(pinned) => set({ pinned })}
            label={t('project.field.pin')}
            hint={t('project.field.pinHint')}
            disabled={locked}
          />
          <Switch
            checked={draft.hidden}
            onCheckedChange={(hidden) => set({ hidden })}
            label={t('project.field.hide')}
            hint={t('project.field.hideHint')}
            disabled={locked}
          />
          {draft.type !== 'formula' && (
            <Switch
              checked={draft.open}
              onCheckedChange={(open) => set({ open })}
              label={t('project.field.openTo')}
              hint={t('project.field.openHint')}
              disabled={locked}
            />
          )}
        </div>
        <footer className={css.foot}>
          <Button onClick={onClose}>{t('ui.cancel')}</Button>
          {!locked && (
            <Button type="submit" tone="primary" busy={busy}>
              {t(field ? 'ui.save' : 'project.field.add')}
            </Button>
          )}
        </footer>
      </form>
    </Dialog>
  );
}
