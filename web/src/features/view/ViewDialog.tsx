import { type ReactNode, useId, useState } from 'react';
import { errorText } from '@/lib/error-text.ts';
import { t } from '@/lib/i18n.ts';
import { Field } from '@/ui/Field.tsx';
import { FormDialog } from '@/ui/FormDialog.tsx';
import { Icon } from '@/ui/Icon.tsx';
import { TextArea } from '@/ui/TextArea.tsx';
import { TextField } from '@/ui/TextField.tsx';
import { type ViewIconName, viewIconName, viewIconNames, viewIcons } from './icons.ts';
import css from './view.module.css';

/** What a view is called and how it is told from others. */
export interface ViewFacts {
  name: string;
  icon?: string;
  description?: string;
}

/** Props of ViewDialog. */
export interface ViewDialogProps {
  title: string;
  /** The label of the button that finishes it. */
  action: string;
  first: ViewFacts;
  /** Saves it; what it throws is shown with the name. */
  onSubmit: (facts: ViewFacts) => Promise<void>;
  onClose: () => void;
  /** Further fields, below the name. */
  children?: ReactNode;
}

/** Asks for the name, the icon and the description of a view. */
export default function ViewDialog({ title, action, first, onSubmit, onClose, children }: ViewDialogProps) {
  const [name, setName] = useState(first.name);
  const [icon, setIcon] = useState(first.icon);
  const [description, setDescription] = useState(first.description ?? '');
  const [problem, setProblem] = useState<string>();
  const [busy, setBusy] = useState(false);
  const submit = async () => {
    if (name.trim() === '') {
      setProblem(t('view.needsName'));
      return;
    }
    setBusy(true);
    try {
      await onSubmit({ name: name.trim(), icon, description: description.trim() || undefined });
      onClose();
    } catch (error) {
      setProblem(errorText(error));
      setBusy(false);
    }
  };
  return (
    <FormDialog size="small" title={title} action={action} busy={busy} onSubmit={submit} onClose={onClose}>
      <Field label={t('view.name')} error={problem}>
        <TextField
          size="large"
          value={name}
          maxLength={120}
          autoComplete="off"
          onFocus={(event) => event.target.select()}
          onValueChange={(next) => {
            setName(next);
            setProblem(undefined);
          }}
        />
      </Field>
      {children}
      <IconChoice value={viewIconName(icon)} onValueChange={setIcon} />
      <Field label={t('view.description')} optional>
        <TextArea value={description} rows={2} maxLength={1000} onValueChange={setDescription} />
      </Field>
    </FormDialog>
  );
}

interface IconChoiceProps {
  value: ViewIconName;
  onValueChange: (value: ViewIconName) => void;
}

function IconChoice({ value, onValueChange }: IconChoiceProps) {
  const name = useId();
  return (
    <fieldset className={css.icons}>
      <legend>{t('view.icon')}</legend>
      {viewIconNames.map((each) => (
        <label key={each} className={css.icon} title={t(`view.icon.${each}`)}>
          <input
            type="radio"
            className="visually-hidden"
            name={name}
            checked={each === value}
            aria-label={t(`view.icon.${each}`)}
            onChange={() => onValueChange(each)}
          />
          <Icon of={viewIcons[each]} />
        </label>
      ))}
    </fieldset>
  );
}
