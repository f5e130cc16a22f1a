import { UsersRound } from 'lucide-react';
import { useState } from 'react';
import { t } from '@/lib/i18n.ts';
import { useProject } from '@/sync/project.tsx';
import { AvatarStack } from '@/ui/Avatar.tsx';
import css from '../fields.module.css';
import { PeoplePicker } from '../PeoplePicker.tsx';
import { PopupEditor } from '../PopupEditor.tsx';
import { idList, idsOf, joinNames, personNamed, splitNames } from '../text.ts';
import type { CellProps, EditorProps, FieldType } from '../types.ts';

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

function Editor({ field, value, anchor, onCommit }: EditorProps) {
  const [ids, setIds] = useState(idList(value));
  return (
    <PopupEditor
      label={field.name}
      anchor={anchor}
      onLeave={() => onCommit(ids.length > 0 ? ids : null, 'stay')}
      flush
    >
      <PeoplePicker label={field.name} multiple values={ids} onValuesChange={setIds} />
    </PopupEditor>
  );
}

/** Any number of people. */
export const people: FieldType = {
  icon: UsersRound,
  align: 'start',
  width: 150,
  Cell,
  Editor,
  toText: (value, _field, context) =>
    joinNames(idList(value).flatMap((id) => context.people.find((each) => each.id === id)?.name ?? [])),
  fromText: (text, _field, context) =>
    idsOf(
      splitNames(text),
      (name) => personNamed(context.people, name),
      (name) => t('field.noPerson', { name }),
    ),
};
