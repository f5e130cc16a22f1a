import '@/lib/messages/later/presence.ts';
import { colorOf } from '@/lib/colors.ts';
import { cx } from '@/lib/cx.ts';
import { formatList } from '@/lib/format.ts';
import { t } from '@/lib/i18n.ts';
import { useEditors } from '@/sync/presence.ts';
import { useProject } from '@/sync/project.tsx';
import css from './presence.module.css';

/** Props of Flag. */
export interface FlagProps {
  idea: number;
  /** The field of a cell; a card is flagged for whatever is edited of the idea. */
  field?: string;
  /** Names its words, for who describes something by them; they are no text where it stands then. */
  id?: string;
}

/** A ring with a flag that names who edits a cell, or what of a card; whoever comes to it hears it in full. */
export default function Flag({ idea, field, id }: FlagProps) {
  const { field: infoOf } = useProject();
  const editors = useEditors(idea).filter((each) =>
    field === undefined ? each.field !== 'comment' : each.field === field,
  );
  const [first] = editors;
  if (!first) return null;
  const people = [...new Set(editors.map(({ person }) => person.name))];
  const parts = [...new Set(editors.map((each) => each.field))];
  const said = {
    names: formatList(people),
    n: people.length,
    fields: formatList(parts.map((part) => infoOf(part)?.name ?? t('presence.part', { part }))),
  };
  return (
    <span
      className={cx(css.ring, field === undefined && css.onCard)}
      data-option-color={colorOf(first.person.name)}
      data-editing=""
    >
      <span className={css.flag} aria-hidden="true">
        {field === undefined ? t('presence.flag', said) : said.names}
      </span>
      <span className="visually-hidden" id={id} aria-hidden={id !== undefined}>
        {t(field === undefined ? 'presence.editingFields' : 'presence.editing', said)}
      </span>
    </span>
  );
}
