import { UserRound } from 'lucide-react';
import { t } from '@/lib/i18n.ts';
import { useProject } from '@/sync/project.tsx';
import { Avatar } from '@/ui/Avatar.tsx';
import css from '../fields.module.css';
import { laterEditor } from '../later.tsx';
import { personNamed } from '../text.ts';
import type { CellProps, FieldType } from '../types.ts';

function Cell({ value }: CellProps) {
  const { person } = useProject();
  if (typeof value !== 'number') return null;
  const name = person(value)?.name ?? t('field.unknownPerson');
  return (
    <span className={css.person}>
      <Avatar name={name} size={20} decorative />
      <span className={css.text}>{name}</span>
    </span>
  );
}

/** One person. */
export const person: FieldType = {
  icon: UserRound,
  align: 'start',
  width: 150,
  Cell,
  Editor: laterEditor(() => import('./Editor.tsx')),
  toText: (value, _field, { people }) => people.find((each) => each.id === value)?.name ?? '',
  fromText: (text, _field, { people }) => {
    if (text.trim() === '') return { value: null };
    const found = personNamed(people, text);
    return found ? { value: found.id } : { error: t('field.noPerson', { name: text.trim() }) };
  },
};
