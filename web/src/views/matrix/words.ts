import { formatList } from '@/lib/format.ts';
import { t } from '@/lib/i18n.ts';
import { type Axis, textOf } from './axis.ts';
import type { Axes } from './carry.ts';
import type { Quadrants } from './definition.ts';
import type { Mark } from './marks.ts';
import type { Missing, Point } from './points.ts';
import { quadrantName } from './quadrant-names.ts';
import { type Dividers, quadrantOf } from './quadrants.ts';
import type { Reading } from './values.ts';

/** What words need to know of a plot. */
export interface WordsContext extends Axes {
  dividers?: Dividers;
  quadrants?: Quadrants;
}

/** A field's name with a value of it. */
export function named(axis: Axis, value: number): string {
  return t('matrix.value', { field: axis.field.name, value: textOf(axis, value) });
}

/** A reading in words, with its range where it has one. */
export function readingText(axis: Axis, reading: Reading): string {
  const likely = textOf(axis, reading.value);
  if (reading.low === undefined || reading.high === undefined) return likely;
  return t('matrix.range', { likely, low: textOf(axis, reading.low), high: textOf(axis, reading.high) });
}

/** The title of an idea. */
export function titleOf({ row }: Pick<Point, 'row'>): string {
  return String(row.values.title ?? '');
}

function quadrantText(value: { x: number; y: number }, { dividers, quadrants }: WordsContext): string[] {
  return dividers ? [quadrantName(quadrants, quadrantOf(value, dividers))] : [];
}

/** A pair of values in words: "Effort 3 days, Impact 4, Quick wins". */
export function placeText(value: { x: number; y: number }, context: WordsContext): string {
  return [named(context.x, value.x), named(context.y, value.y), ...quadrantText(value, context)].join(', ');
}

function pointText(point: Point, context: WordsContext): string {
  const { x, y } = context;
  const parts = [
    t('matrix.value', { field: x.field.name, value: readingText(x, point.x) }),
    t('matrix.value', { field: y.field.name, value: readingText(y, point.y) }),
    ...quadrantText({ x: point.x.value, y: point.y.value }, context),
  ];
  return `${titleOf(point)}: ${parts.join(', ')}`;
}

/** From the least to the most of some values. */
function spanText(axis: Axis, values: readonly number[]): string {
  const [least, most] = [Math.min(...values), Math.max(...values)];
  const value =
    least === most
      ? textOf(axis, least)
      : t('matrix.from', { low: textOf(axis, least), high: textOf(axis, most) });
  return t('matrix.value', { field: axis.field.name, value });
}

/** Makes the names of marks, keeping those of single ideas, which are asked for in every frame. */
export function markNamer(context: WordsContext): (mark: Mark) => string {
  const known = new WeakMap<Point, string>();
  return (mark) => {
    const [first] = mark.points;
    if (!first) return '';
    if (mark.points.length > 1) {
      const parts = [
        spanText(
          context.x,
          mark.points.map((point) => point.x.value),
        ),
        spanText(
          context.y,
          mark.points.map((point) => point.y.value),
        ),
      ];
      return t(mark.open ? 'matrix.pileOpen' : 'matrix.pile', {
        n: mark.points.length,
        place: parts.join(', '),
      });
    }
    const text = known.get(first) ?? pointText(first, context);
    known.set(first, text);
    return text;
  };
}

/** The fields that an idea lacks, in words. */
export function lackText({ x, y }: Missing, axes: Axes): string {
  return formatList([...(x ? [axes.x.field.name] : []), ...(y ? [axes.y.field.name] : [])]);
}

/** Why one or both axes cannot be moved along; undefined where both can. */
export function lockText({ x, y }: Axes): string | undefined {
  return [...new Set([x.locked, y.locked])].filter(Boolean).join(' ') || undefined;
}
