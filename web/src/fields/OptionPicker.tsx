import { useState } from 'react';
import { optionColor, optionColors } from '@/lib/colors.ts';
import { t } from '@/lib/i18n.ts';
import { updateField } from '@/sync/calls.ts';
import { hasRole } from '@/sync/facts.ts';
import { useProject } from '@/sync/project.tsx';
import type { FieldInfo } from '@/sync/types.ts';
import { Picker } from '@/ui/Combobox.tsx';
import { toastFailure } from '@/ui/Toast.tsx';
import { optionNamed } from './text.ts';

/** Makes an option of a field; resolves to its id. */
function useCreateOption(field: FieldInfo): ((name: string) => Promise<number | undefined>) | undefined {
  const { project } = useProject();
  if (!hasRole(project.role, 'admin') || field.id === undefined) return undefined;
  const id = field.id;
  return async (name) => {
    const used = new Set(field.options.map((option) => option.color));
    const color = optionColors.find((each) => each !== 'gray' && !used.has(each)) ?? 'gray';
    try {
      const options = [...field.options, { name, color }];
      const saved = await updateField(id, { options: options.map((option) => ({ ...option })) });
      return optionNamed(saved.options ?? [], name)?.id;
    } catch (error) {
      toastFailure(error);
      return undefined;
    }
  };
}

/** Props of OptionPicker. */
export interface OptionPickerProps {
  field: FieldInfo;
  values: readonly number[];
  multiple?: true;
  onValuesChange: (values: number[]) => void;
}

/** Picks from a field's options, and makes new ones for those who administer the project. */
export function OptionPicker({ field, values, multiple, onValuesChange }: OptionPickerProps) {
  const create = useCreateOption(field);
  const [creating, setCreating] = useState(false);
  const options = field.options.map((option) => ({
    value: String(option.id),
    label: option.name,
    color: optionColor(option.color),
    disabled: creating,
  }));
  const onCreate =
    create &&
    (async (name: string) => {
      setCreating(true);
      const id = await create(name);
      setCreating(false);
      if (id !== undefined) onValuesChange(multiple ? [...values, id] : [id]);
    });
  return (
    <Picker
      label={field.name}
      multiple={multiple}
      options={options}
      values={values.map(String)}
      placeholder={create ? t('field.searchOrCreate') : undefined}
      onCreate={onCreate && ((name) => void onCreate(name))}
      onValuesChange={(next) => onValuesChange(next.map(Number))}
    />
  );
}
