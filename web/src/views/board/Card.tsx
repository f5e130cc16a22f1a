import { Star } from 'lucide-react';
import { type CSSProperties, memo } from 'react';
import { FormatMark } from '@/fields/FormatMark.tsx';
import { formatList } from '@/lib/format.ts';
import { t } from '@/lib/i18n.ts';
import { likelyOf, rangeIn } from '@/lib/range.ts';
import { useProject } from '@/sync/project.tsx';
import type { CellValue, FieldInfo, IdeaRow } from '@/sync/types.ts';
import { usePending } from '@/sync/use-result.ts';
import { Avatar } from '@/ui/Avatar.tsx';
import { Badge } from '@/ui/Badge.tsx';
import { Icon } from '@/ui/Icon.tsx';
import { Skeleton } from '@/ui/Skeleton.tsx';
import { ChangeMark } from '../shared/change-marks.tsx';
import { FreshDot } from '../shared/fresh.tsx';
import { groupColor, shownValue } from '../shared/groups.ts';
import { pictureAddress } from '../shared/markdown/mention-text.ts';
import { Edited, useEdited } from '../shared/presence/Edited.tsx';
import css from './Card.module.css';
import { type CardField, type CardLook, chipLines } from './cards.ts';

/** Props of Card. */
export interface CardProps {
  id: string;
  row: IdeaRow | undefined;
  projectKey: string;
  look: CardLook;
  /** The path of its cell, and its place there. */
  cell: string;
  index: number;
  top: number;
  height: number;
  active: boolean;
  selected: boolean;
  open: boolean;
  /** It is being moved. */
  lifted: boolean;
}

/** One idea on the board. */
export const Card = memo(function Card(props: CardProps) {
  const { id, row, cell, index, top, height, active, selected, open, lifted } = props;
  const place = { transform: `translateY(${top}px)`, blockSize: height };
  const edited = useEdited(row?.id);
  if (!row)
    return (
      <div className={css.slot} style={place} aria-hidden="true">
        <div className={css.card}>
          <div className={css.body}>
            <Skeleton width="30%" height="10px" />
            <Skeleton width="85%" height="10px" />
          </div>
        </div>
      </div>
    );
  return (
    <div
      id={id}
      role="option"
      aria-selected={selected}
      aria-describedby={edited === '' ? undefined : `${id}-edited`}
      className={css.slot}
      style={place}
      data-card={row.id}
      data-cell={cell}
      data-index={index}
      data-active={active || undefined}
      data-selected={selected || undefined}
      data-open={open || undefined}
      data-lifted={lifted || undefined}
      data-archived={row.archived || undefined}
    >
      <CardFace row={row} look={props.look} projectKey={props.projectKey} />
      <ChangeMark idea={row.id} />
      <Edited idea={row.id} id={`${id}-edited`} now={edited} />
    </div>
  );
});

/** Props of CardFace. */
export interface CardFaceProps {
  row: IdeaRow;
  look: CardLook;
  projectKey: string;
}

/** What is on a card; also the picture that is dragged. */
export function CardFace({ row, look, projectKey }: CardFaceProps) {
  const { isSample } = useProject();
  const pending = usePending(row.id);
  const value = (field: FieldInfo): CellValue => shownValue(row, field.ref, pending);
  const title = String(shownValue(row, 'title', pending) ?? '');
  const key = `${projectKey}-${row.number}`;
  return (
    <div className={css.card} data-kind={look.kind} data-option-color={row.color}>
      {look.cover && <Cover field={look.cover} value={value(look.cover)} />}
      <div className={css.body}>
        {look.kind === 'compact' ? (
          <span className={css.title}>
            <span className={css.key}>{key}</span> <FreshDot idea={row.id} />{' '}
            <span data-card-title="">{title}</span>
          </span>
        ) : (
          <>
            <span className={css.head} style={{ blockSize: look.image }}>
              <span className={css.words}>
                <span className={css.top}>
                  <span className={css.key}>{key}</span> <FreshDot idea={row.id} />
                  {isSample(row.id) && <Badge>{t('ui.sample')}</Badge>}
                  {row.archived && <span className={css.archived}>{t('list.archived')}</span>}
                  {look.person && <Face field={look.person.field} value={value(look.person.field)} />}
                </span>
                <span className={css.title} style={linesOf(look)} data-card-title="">
                  {title}
                </span>
              </span>
              {look.image && <Image file={shownValue(row, 'coverImage', pending)} title={title} />}
            </span>
            {look.fields.length > 0 && <Fields look={look} row={row} value={value} />}
          </>
        )}
      </div>
    </div>
  );
}

interface FieldsProps {
  look: CardLook;
  row: IdeaRow;
  value: (field: FieldInfo) => CellValue;
}

/** Types whose values say by themselves what they are of. */
const speaking = new Set(['select', 'multi_select', 'labels', 'person', 'people', 'rating', 'url']);

function Fields({ look, row, value }: FieldsProps) {
  if (look.kind === 'detailed') {
    return (
      <span className={css.lines}>
        {look.fields.map((each) => (
          <span key={each.field.ref} className={css.line}>
            <span className={css.label}>{each.field.name}</span>{' '}
            <span
              className={css.value}
              data-value={each.field.ref}
              data-option-color={row.cellColors?.[each.field.ref]}
            >
              <FormatMark name={row.cellIcons?.[each.field.ref]} />
              <Value {...each} value={value(each.field)} />
            </span>
          </span>
        ))}
      </span>
    );
  }
  const several = look.fields.filter(({ field }) => field.type === 'rating').length > 1;
  return (
    <span className={css.chips} data-lines={chipLines(look.fields.length)}>
      {look.fields.map((each) => {
        const own = value(each.field);
        if (own === null || own === false) return null;
        return (
          <span
            key={each.field.ref}
            className={css.chip}
            title={each.field.name}
            data-value={each.field.ref}
            data-option-color={row.cellColors?.[each.field.ref]}
          >
            <FormatMark name={row.cellIcons?.[each.field.ref]} />
            {several && each.field.type === 'rating' ? (
              <Stars name={each.field.name} value={own} />
            ) : (
              <>
                {!speaking.has(each.field.type) && <span className={css.label}>{each.field.name} </span>}
                <Value {...each} value={own} />
              </>
            )}
          </span>
        );
      })}
    </span>
  );
}

/** One rating of several: five stars do not say which. */
function Stars({ name, value }: { name: string; value: CellValue }) {
  const range = rangeIn(value);
  return (
    <>
      <span className={css.label}>{name} </span>
      {likelyOf(value)}
      <Icon of={Star} size={12} className={css.star} />
      {range && <span className={css.label}>{`${range.low}–${range.high}`}</span>}
    </>
  );
}

function Value({ field, type, value }: CardField & { value: CellValue }) {
  if (value === null) return <span className={css.none}>–</span>;
  return <type.Cell field={field} value={value} />;
}

function Face({ field, value }: { field: FieldInfo; value: CellValue }) {
  const { person } = useProject();
  if (typeof value !== 'number') return null;
  const name = person(value)?.name ?? t('field.unknownPerson');
  return (
    <span className={css.face} title={`${field.name}: ${name}`}>
      <Avatar name={name} size={20} />
    </span>
  );
}

/** More lines of a title where a cover image makes room for them. */
function linesOf({ image }: CardLook): CSSProperties | undefined {
  if (!image) return undefined;
  const lines = Math.floor((image - 20) / 18);
  return { WebkitLineClamp: lines, maxBlockSize: lines * 18 };
}

/** The attached image that stands for the idea; its place is kept before it is there. */
function Image({ file, title }: { file: CellValue; title: string }) {
  if (typeof file !== 'number' || file === 0) return null;
  return (
    <img
      className={css.image}
      src={pictureAddress(file)}
      alt={t('board.imageOf', { title })}
      loading="lazy"
      decoding="async"
      draggable={false}
    />
  );
}

/** The colours of what is chosen in a field, as a band. */
function Cover({ field, value }: { field: FieldInfo; value: CellValue }) {
  const keys = Array.isArray(value) ? value : [value];
  const parts = keys.flatMap((key) => {
    const color = groupColor(key, field);
    return color ? [{ key, color }] : [];
  });
  const names = parts.map(({ key }) => field.options.find((option) => option.id === key)?.name ?? '');
  return (
    <span className={css.cover} title={names.length > 0 ? `${field.name}: ${formatList(names)}` : undefined}>
      {parts.map(({ key, color }) => (
        <span key={String(key)} data-option-color={color} />
      ))}
    </span>
  );
}
