import '@/lib/messages/later/project.ts';
import { type FormEvent, useRef, useState } from 'react';
import { settingsOf } from '@/fields/settings.ts';
import { t } from '@/lib/i18n.ts';
import { updateField } from '@/sync/calls.ts';
import { hasRole } from '@/sync/facts.ts';
import { useProject } from '@/sync/project.tsx';
import type { FieldInfo, Ref } from '@/sync/types.ts';
import { Banner } from '@/ui/Banner.tsx';
import { Button } from '@/ui/Button.tsx';
import { ConfirmDialog } from '@/ui/ConfirmDialog.tsx';
import { Dialog } from '@/ui/Dialog.tsx';
import { Field } from '@/ui/Field.tsx';
import { Select } from '@/ui/Select.tsx';
import { TextField } from '@/ui/TextField.tsx';
import { createField } from './calls.ts';
import { FieldMore } from './FieldMore.tsx';
import { FieldSwitches } from './FieldSwitches.tsx';
import { FormulaEditor } from './FormulaEditor.tsx';
import { bodyOf, draftOf, type FieldDraft } from './field-draft.ts';
import { typeOptions } from './field-types.ts';
import css from './project.module.css';
import { Retype } from './Retype.tsx';
import { useSave } from './use-save.ts';

/** Props of FieldDialog. */
export interface FieldDialogProps {
  /** The field to change; absent for a new one. */
  field: FieldInfo | undefined;
  /** With the field that was made, if one was. */
  onClose: (made?: Ref) => void;
}

/** Makes a field or changes one. */
export function FieldDialog({ field, onClose }: FieldDialogProps) {
  const { project } = useProject();
  const { busy, failure, save, clear } = useSave();
  const [draft, setDraft] = useState(() => draftOf(field));
  const [tried, setTried] = useState(false);
  const [leaving, setLeaving] = useState(false);
  const [retyping, setRetyping] = useState(false);
  const name = useRef<HTMLInputElement>(null);
  const locked = !hasRole(project.role, 'admin');
  const set = (part: Partial<FieldDraft>) => {
    // What was refused is no longer what stands here.
    clear();
    setDraft((last) => ({ ...last, ...part }));
  };
  const { Settings } = settingsOf(draft.type);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (draft.name.trim() === '' || busy) return;
    const { id, version } = field ?? {};
    let made: Ref | undefined;
    const done = await save(async () => {
      if (id === undefined)
        made = (await createField(project.key, { type: draft.type, ...bodyOf(draft) })).ref;
      else await updateField(id, { ...bodyOf(draft), version });
    });
    if (done) onClose(made);
  };
  // The rest of the dialog is about the type that was: of what was written, name and description go with the new one.
  const retyped = async () => {
    const words = { name: draft.name.trim(), description: draft.description.trim() };
    const id = field?.id;
    const same = words.name === field?.name && words.description === (field?.description ?? '');
    if (id === undefined || same || (await save(() => updateField(id, words)))) onClose();
  };
  // What was written is not thrown away by a key or a click beside the window.
  const leave = () => {
    if (JSON.stringify(draft) === JSON.stringify(draftOf(field))) onClose();
    else setLeaving(true);
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => {
        if (!open) leave();
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
          <Retype field={field} locked={locked} onPending={setRetyping} onDone={() => void retyped()} />
        ) : (
          <Field label={t('project.field.type')}>
            <Select options={typeOptions()} value={draft.type} onValueChange={(type) => set({ type })} />
          </Field>
        )}
        {!retyping && (
          <>
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
                votes={draft.votes}
                evidence={draft.evidence}
                connection={draft.connection}
                onOptionsChange={(options) => set({ options })}
                onNumberChange={(number) => set({ number })}
                onVotesChange={(votes) => set({ votes })}
                onEvidenceChange={(evidence) => set({ evidence })}
                onConnectionChange={(connection) => set({ connection })}
              />
            )}
            <FieldSwitches draft={draft} locked={locked} onChange={set} />
            <FieldMore field={field} draft={draft} locked={locked} onChange={set} />
            <footer className={css.foot}>
              <Button onClick={() => onClose()}>{t('ui.cancel')}</Button>
              {!locked && (
                <Button type="submit" tone="primary" busy={busy}>
                  {t(field ? 'ui.save' : 'project.field.add')}
                </Button>
              )}
            </footer>
          </>
        )}
      </form>
      <ConfirmDialog
        open={leaving}
        onOpenChange={setLeaving}
        title={t('project.field.discardTitle')}
        confirm={t('project.field.discard')}
        onConfirm={() => onClose()}
      >
        {t('project.field.discardText')}
      </ConfirmDialog>
    </Dialog>
  );
}
