import { t } from '@/lib/i18n.ts';
import { useProject } from '@/sync/project.tsx';
import type { Person } from '@/sync/types.ts';
import { Avatar } from '@/ui/Avatar.tsx';
import { Picker } from '@/ui/Combobox.tsx';

/** People as choices: oneself first, then by name; those who left only where they are still chosen. */
export function peopleOptions(people: readonly Person[], me: Person, chosen: readonly number[]) {
  const listed = people.filter((person) => !person.disabled || chosen.includes(person.id));
  return listed
    .toSorted((a, b) => Number(b.id === me.id) - Number(a.id === me.id) || a.name.localeCompare(b.name))
    .map((person) => ({
      value: String(person.id),
      label: person.name,
      keywords: person.email,
      hint: person.id === me.id ? t('field.me') : undefined,
      leading: <Avatar name={person.name} size={20} decorative />,
    }));
}

/** Props of PeoplePicker. */
export interface PeoplePickerProps {
  label: string;
  values: readonly number[];
  multiple?: true;
  onValuesChange: (values: number[]) => void;
}

/** Picks from the people of the workspace. */
export function PeoplePicker({ label, values, multiple, onValuesChange }: PeoplePickerProps) {
  const { people, me } = useProject();
  return (
    <Picker
      label={label}
      multiple={multiple}
      options={peopleOptions(people, me, values)}
      values={values.map(String)}
      onValuesChange={(next) => onValuesChange(next.map(Number))}
    />
  );
}
