import { typeOf as fieldTypeOf } from '@/fields/registry.ts';
import { typeIcon } from '@/fields/type-icons.ts';
import { optionColor } from '@/lib/colors.ts';
import { t } from '@/lib/i18n.ts';
import type { FieldInfo, IdeaRow } from '@/sync/types.ts';
import { usePending } from '@/sync/use-result.ts';
import { Icon } from '@/ui/Icon.tsx';
import { FreshDot } from '../shared/fresh.tsx';
import { shownValue } from '../shared/groups.ts';
import css from './tree.module.css';
import type { Tree } from './use-tree.ts';

/** The type of an idea: its icon and name in its colour. */
export function TypeMark({ tree, id, short }: { tree: Tree; id: number; short?: true }) {
  const type = tree.typeOf(id);
  if (!type) return null;
  return (
    <span className={css.type} data-option-color={optionColor(type.color)} title={type.name}>
      <Icon of={typeIcon(type.icon)} size={12} />
      <span className={short ? 'visually-hidden' : css.typeName}>{type.name}</span>
    </span>
  );
}

/** One field on a card: its name and value. */
export function FieldLine({ field, row, bare }: { field: FieldInfo; row: IdeaRow; bare?: true }) {
  const pending = usePending(row.id);
  const { Cell } = fieldTypeOf(field);
  const value = shownValue(row, field.ref, pending);
  if (value === null || value === '') return bare ? null : <span className={css.line} />;
  return (
    <span className={css.line}>
      <span className={bare ? 'visually-hidden' : css.lineName}>{field.name}</span>
      <span className={css.lineValue}>
        <Cell field={field} value={value} />
      </span>
    </span>
  );
}

/** What is written on a card. */
export function CardFace({ tree, id }: { tree: Tree; id: number }) {
  const row = tree.row(id);
  const pending = usePending(id);
  const title = row ? String(shownValue(row, 'title', pending) ?? '') : '';
  return (
    <>
      <span className={css.top}>
        <TypeMark tree={tree} id={id} />
        <span className={css.key}>{row ? tree.keyOf(id) : ''}</span>
        <FreshDot idea={id} />
        {row?.archived && <span className={css.key}>{t('list.archived')}</span>}
      </span>
      <span className={css.title}>{title}</span>
      {row && tree.fields.map((field) => <FieldLine key={field.ref} field={field} row={row} />)}
    </>
  );
}
