import type { components } from '@/api/schema.d.ts';
import type { FieldInfo, Ref, ViewInput } from '@/sync/types.ts';
import { givesNumber } from './values.ts';

/** What a matrix saves. */
export type MatrixLayout = components['schemas']['MatrixLayout'];
/** The quadrants as they are saved. */
export type Quadrants = components['schemas']['MatrixQuadrants'];

/** A layout with its fields at hand; an axis is absent where no field gives a number. */
export interface MatrixPlan {
  layout: MatrixLayout;
  x?: FieldInfo;
  y?: FieldInfo;
  size?: FieldInfo;
  color?: FieldInfo;
}

/** The fields that an axis or a size can show, own ones first. */
export function numberFields(fields: readonly FieldInfo[]): FieldInfo[] {
  const fits = fields.filter(givesNumber);
  return [
    ...fits.filter((field) => field.id !== undefined),
    ...fits.filter((field) => field.id === undefined),
  ];
}

/** Fields of which every value can have a colour of its own. */
export function colorFields(fields: readonly FieldInfo[]): FieldInfo[] {
  const types = new Set(['select', 'multi_select', 'person', 'people', 'labels', 'checkbox', 'rating']);
  return fields.filter((field) => types.has(field.type) && field.ref !== 'archived');
}

const costs = /effort|cost|complex|aufwand|kosten|size|days|time|duration/i;
const gains = /impact|value|benefit|reach|wirkung|nutzen|wert|priority|score|revenue/i;

/** Fields for the axes where nobody has chosen: effort across, impact upwards, else what comes first. */
function guess(fields: readonly FieldInfo[], wanted: RegExp, taken?: Ref): FieldInfo | undefined {
  const free = numberFields(fields).filter((field) => field.ref !== taken && field.type !== 'checkbox');
  const byHand = free.filter((field) => !field.readOnly);
  return byHand.find((field) => wanted.test(field.name)) ?? byHand[0] ?? free[0];
}

/** The layout of a definition, with axes chosen for it where it has none. */
export function planOf(
  definition: Pick<ViewInput, 'layout' | 'query' | 'colorBy'>,
  fields: readonly FieldInfo[],
): MatrixPlan {
  const layout = definition.layout?.matrix ?? {};
  const byRef = (ref: Ref | undefined) => fields.find((field) => field.ref === ref);
  const numeric = (ref: Ref | undefined) => {
    const field = byRef(ref);
    return field && givesNumber(field) ? field : undefined;
  };
  const chosenX = numeric(layout.x?.field);
  const y = numeric(layout.y?.field) ?? guess(fields, gains, chosenX?.ref);
  const x = chosenX ?? guess(fields, costs, y?.ref);
  const tinted = (ref: Ref | undefined) => colorFields(fields).find((field) => field.ref === ref);
  // The matrix' own colours come first, then those that the view has in every kind, then its groups.
  const color =
    tinted(layout.color) ?? tinted(definition.colorBy?.field) ?? tinted(definition.query.group?.[0]?.field);
  return { layout, x, y, size: numeric(layout.size), color };
}

/** The fields that a matrix needs of each idea. */
export function refsOf(definition: ViewInput, fields: readonly FieldInfo[]): Ref[] {
  const { x, y, size, color } = planOf(definition, fields);
  return [x, y, size, color].flatMap((field) => field?.ref ?? []);
}

/** A definition's layout with another matrix. */
export function withMatrix(
  definition: Pick<ViewInput, 'layout'>,
  change: Partial<MatrixLayout>,
): Pick<ViewInput, 'layout'> {
  return { layout: { ...definition.layout, matrix: { ...definition.layout?.matrix, ...change } } };
}
