import { useRef, useState } from 'react';
import { typeIcons } from '@/fields/type-icons.ts';
import { optionColor, optionColors } from '@/lib/colors.ts';
import { t } from '@/lib/i18n.ts';
import { useProject } from '@/sync/project.tsx';
import type { IdeaType } from '@/sync/types.ts';
import { Field } from '@/ui/Field.tsx';
import { FormDialog } from '@/ui/FormDialog.tsx';
import { ColorDot } from '@/ui/OptionChip.tsx';
import { Select } from '@/ui/Select.tsx';
import { Switch } from '@/ui/Switch.tsx';
import { TextArea } from '@/ui/TextArea.tsx';
import { TextField } from '@/ui/TextField.tsx';
import { createIdeaType, updateIdeaType } from './calls.ts';
import { useSave } from './use-save.ts';

/** Makes a type of ideas or changes one. */
export function TypeDialog({ type, onClose }: { type: IdeaType | undefined; onClose: () => void }) {
  const { project, types } = useProject();
  const { busy, failure, save, clear } = useSave();
  const free = optionColors.find((each) => each !== 'gray' && !types.some(({ color }) => color === each));
  const [draft, setDraft] = useState({
    name: type?.name ?? '',
    icon: type?.icon ?? 'lightbulb',
    color: type ? optionColor(type.color) : (free ?? 'gray'),
    root: type?.root ?? false,
    template: type?.template ?? '',
  });
  const [tried, setTried] = useState(false);
  const name = useRef<HTMLInputElement>(null);
  const set = (part: Partial<typeof draft>) => {
    clear();
    setDraft((last) => ({ ...last, ...part }));
  };
  const submit = async () => {
    setTried(true);
    if (draft.name.trim() === '') return;
    const done = await save(() =>
      type
        ? updateIdeaType(type.id, { ...draft, version: type.version })
        : createIdeaType(project.key, draft),
    );
    if (done) onClose();
  };
  return (
    <FormDialog
      title={t(type ? 'project.ideaType.edit' : 'project.ideaType.add')}
      action={t(type ? 'ui.save' : 'project.ideaType.add')}
      busy={busy}
      refused={failure?.message}
      initialFocus={name}
      onSubmit={submit}
      onClose={onClose}
    >
      <Field
        label={t('project.name')}
        error={tried && draft.name.trim() === '' ? t('project.ideaType.nameNeeded') : undefined}
      >
        <TextField ref={name} value={draft.name} onValueChange={(text) => set({ name: text })} />
      </Field>
      <Field label={t('project.ideaType.icon')}>
        <Select
          options={Object.entries(typeIcons).map(([value, icon]) => ({
            value,
            label: t(`project.icon.${value}` as 'project.icon.target'),
            icon,
          }))}
          value={draft.icon}
          onValueChange={(icon) => set({ icon })}
        />
      </Field>
      <Field label={t('project.ideaType.color')}>
        <Select
          options={optionColors.map((each) => ({
            value: each,
            label: t(`color.${each}`),
            leading: <ColorDot color={each} />,
          }))}
          value={draft.color}
          onValueChange={(color) => set({ color })}
        />
      </Field>
      <Switch
        label={t('project.ideaType.root')}
        checked={draft.root}
        onCheckedChange={(root) => set({ root })}
      />
      <Field label={t('project.ideaType.template')} optional>
        <TextArea value={draft.template} onValueChange={(template) => set({ template })} rows={5} />
      </Field>
    </FormDialog>
  );
}
