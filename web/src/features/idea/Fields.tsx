import { ChevronRight } from 'lucide-react';
import { useState } from 'react';
import { t } from '@/lib/i18n.ts';
import { readStored, writeStored } from '@/lib/storage.ts';
import { useProject } from '@/sync/project.tsx';
import type { FieldInfo, Idea, Ref } from '@/sync/types.ts';
import { Icon } from '@/ui/Icon.tsx';
import { FieldRow } from './FieldRow.tsx';
import css from './Fields.module.css';
import { groupFields } from './fields-order.ts';
import type { Touch } from './idea-doc.ts';

const moreKey = 'cairn.ideaMoreFields';

/** Props of Fields. */
export interface FieldsProps {
  idea: Idea;
  /** The fields of the view around, in its order; all fields are in sight when absent. */
  viewRefs: readonly Ref[] | undefined;
  touched: Readonly<Record<Ref, Touch>>;
}

/** The idea's fields, each edited where it stands. */
export function Fields({ idea, viewRefs, touched }: FieldsProps) {
  const { fields, field: fieldOf, types } = useProject();
  const [more, setMore] = useState(() => readStored(moreKey) === 'open');
  const { first, rest } = groupFields(
    fields,
    viewRefs ?? fields.filter((field) => !field.hidden).map((field) => field.ref),
  );
  // Where there are no types, an idea without one is not told so.
  const place = (types.length > 0 || idea.type ? ['type', 'parent'] : ['parent']).flatMap(
    (ref) => fieldOf(ref) ?? [],
  );
  const toggle = () => {
    writeStored(moreKey, more ? null : 'open');
    setMore(!more);
  };
  const rows = (list: FieldInfo[]) =>
    list.map((field) => <FieldRow key={field.ref} field={field} idea={idea} touch={touched[field.ref]} />);
  return (
    <section className={css.fields} aria-label={t('idea.fields')}>
      <dl className={css.grid}>{rows([...place, ...first])}</dl>
      {rest.length > 0 && (
        <>
          <button type="button" className={css.more} aria-expanded={more} onClick={toggle}>
            <Icon of={ChevronRight} size={14} className={css.caret} />
            {t('idea.moreFields', { n: rest.length })}
          </button>
          {more && <dl className={css.grid}>{rows(rest)}</dl>}
        </>
      )}
    </section>
  );
}
