import type { components } from '@/api/schema.d.ts';
import type { FieldInfo, Ref, ViewInput } from '@/sync/types.ts';
import type { DateFields } from './spans.ts';

/** How a timeline shows its result. */
export type TimelineLayout = components['schemas']['TimelineLayout'];
/** The row of sums. */
export type TimelineLoad = components['schemas']['TimelineLoad'];
/** A named day. */
export type TimelineMarker = components['schemas']['TimelineMarker'];

/** The timeline's part of a definition. */
export function layoutOf(definition: ViewInput): TimelineLayout {
  return definition.layout?.timeline ?? {};
}

/** A definition's change that changes the timeline's part of it. */
export function layoutWith(definition: ViewInput, change: Partial<TimelineLayout>): Partial<ViewInput> {
  return { layout: { ...definition.layout, timeline: { ...layoutOf(definition), ...change } } };
}

/** Whether a field says when something happens. */
export function isDated(field: FieldInfo): boolean {
  return field.type === 'date' || field.type === 'interval';
}

/**
 * The fields that say when ideas happen: those chosen, else the project's first interval field, else its first date
 * field (TLN-2). Undefined when there is none.
 */
export function datesOf(
  layout: TimelineLayout,
  field: (ref: Ref) => FieldInfo | undefined,
  fields: readonly FieldInfo[],
): DateFields | undefined {
  const chosen = layout.start ? field(layout.start) : undefined;
  if (chosen && isDated(chosen)) {
    const end = layout.end && layout.end !== layout.start ? field(layout.end) : undefined;
    return { start: chosen, ...(end && isDated(end) && { end }) };
  }
  const shown = fields.filter((each) => !each.hidden);
  const first = shown.find((each) => each.type === 'interval') ?? shown.find((each) => each.type === 'date');
  return first && { start: first };
}
