import { typeOf } from '@/fields/registry.ts';
import type { FieldType } from '@/fields/types.ts';
import type { FieldInfo, Ref, ViewInput } from '@/sync/types.ts';
import type { Measures } from './geometry.ts';
import { boardOf } from './layout.ts';

/** A field that cards show. */
export interface CardField {
  field: FieldInfo;
  type: FieldType;
}

/** How the cards of a board look; the same object until that changes. */
export interface CardLook {
  kind: 'compact' | 'summary' | 'detailed';
  fields: readonly CardField[];
  /** Shown as a picture in the corner instead of among the fields. */
  person?: CardField;
  /** Its option's colour bands the card. */
  cover?: FieldInfo;
  /** The cover image stands beside key and title, so high. */
  image?: number;
}

/** Lines that a detailed card has at most: longer cards are no overview. */
const mostLines = 8;
const widths = { small: 224, default: 284, large: 364 };
const padding = 10;
const keyLine = 20;
const titleLines = 36;
const chipsLine = 24;
const chipsGap = 4;
/** From so many fields on a card has a second line of them. */
const secondLine = 4;
const fieldLine = 24;
const coverBand = 6;
/** Heights of cover images, which are 4:3; each is a number of lines of the title and the line of the key. */
const images = {
  small: keyLine + titleLines,
  default: keyLine + titleLines + 18,
  large: keyLine + titleLines + 36,
};

/** Types whose value is the heading of its column or swimlane, word for word. */
const headed = new Set(['select', 'rating', 'checkbox', 'person']);

/** How cards look, from the definition. What the column or the swimlane says already is left out (BRD-16). */
export function lookOf(
  definition: Pick<ViewInput, 'columns' | 'layout' | 'query'>,
  field: (ref: Ref) => FieldInfo | undefined,
): CardLook {
  const { card = 'summary', cover, images: pictured, width = 'default' } = boardOf(definition);
  const above = new Set(definition.query.group?.map((by) => by.field));
  const shown = (definition.columns ?? []).flatMap((column): CardField[] => {
    const info = column.field === 'title' || column.field === 'key' ? undefined : field(column.field);
    return info && !(above.has(info.ref) && headed.has(info.type))
      ? [{ field: info, type: typeOf(info) }]
      : [];
  });
  const band = cover ? field(cover) : undefined;
  if (card === 'compact') return { kind: card, fields: [], cover: band };
  const image = pictured ? images[width] : undefined;
  if (card === 'detailed') return { kind: card, fields: shown.slice(0, mostLines), cover: band, image };
  const person = shown.find((each) => each.field.type === 'person');
  return { kind: card, fields: shown.filter((each) => each !== person), person, cover: band, image };
}

/** The measures of a board whose cards look so. */
export function measuresOf(
  { kind, fields, cover, image }: CardLook,
  width: BoardWidth = 'default',
): Measures {
  const band = cover ? coverBand : 0;
  const head = image ?? keyLine + titleLines;
  const body = {
    compact: titleLines,
    summary: head + (fields.length > 0 ? chipsGap + chipLines(fields.length) * chipsLine : 0),
    detailed: head + (fields.length > 0 ? 6 : 0) + fields.length * fieldLine,
  };
  return { column: widths[width], card: band + 2 * padding + body[kind] };
}

/** How many lines the fields of a summary take. */
export function chipLines(fields: number): 0 | 1 | 2 {
  if (fields === 0) return 0;
  return fields < secondLine ? 1 : 2;
}

type BoardWidth = keyof typeof widths;
