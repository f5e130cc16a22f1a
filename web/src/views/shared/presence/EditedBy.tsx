import '@/lib/messages/later/presence.ts';
import { colorOf } from '@/lib/colors.ts';
import { formatList } from '@/lib/format.ts';
import { t } from '@/lib/i18n.ts';
import { useEditors } from '@/sync/presence.ts';
import css from './presence.module.css';

/** A ring around what somebody else is editing, with their name; stands in an element that is positioned. */
export function EditedBy({ idea, field }: { idea: number; field: string }) {
  const names = useEditors(idea).flatMap((each) => (each.field === field ? each.person.name : []));
  const [first] = names;
  if (first === undefined) return null;
  return (
    <span className={css.ring} data-option-color={colorOf(first)}>
      <span className={css.tag}>{t('presence.editing', { names: formatList(names), n: names.length })}</span>
    </span>
  );
}

/** Says who is writing a comment. */
export function WrittenBy({ idea }: { idea: number }) {
  const names = useEditors(idea).flatMap((each) => (each.field === 'comment' ? each.person.name : []));
  if (names.length === 0) return null;
  return (
    <p className={css.writing}>{t('presence.writing', { names: formatList(names), n: names.length })}</p>
  );
}
