import { UsersRound } from 'lucide-react';
import { t } from '@/lib/i18n.ts';
import { useProject } from '@/sync/project.tsx';
import { AvatarStack } from '@/ui/Avatar.tsx';
import css from '../fields.module.css';
import { laterEditor } from '../later.tsx';
import { idList, idsOf, joinNames, personNamed, splitNames } from '../text.ts';
import type { CellProps, FieldType } from '../types.ts';

function Cell({ value }: CellProps) {
  const { person } = useProject();
  const ids = idList(value);
  if (ids.length === 0) return null;
  const names = ids.map((id) => person(id)?.name ?? t('field.unknownPerson'));
  return (
    <span className={css.person}>
      <AvatarStack names={names} />
      {names.length === 1 && <span className={css.text}>{names[0]}</span>}
    </span>
  );
}

/** Any number of people. */
export const people: FieldType = {
  icon: UsersRound,
  align: 'start',
  width: 150,
  Cell,
  Editor: laterEditor(() => import('./Editor.tsx')),
  toText: (value, _field, context) =>
    joinNames(idList(value).flatMap((id) => context.people.find((each) => each.id === id)?.name ?? [])),
  fromText: (text, _field, context) =>
    idsOf(
      splitNames(text),
      (name) => personNamed(context.people, name),
      (name) => t('field.noPerson', { name }),
    ),
};
