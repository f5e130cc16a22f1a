import { fieldType } from '@/fields/registry.ts';
import { type MessageId, t } from '@/lib/i18n.ts';
import { creatableTypeNames, type FieldTypeName } from '@/sync/types.ts';
import type { SelectOption } from '@/ui/Select.tsx';

/** The types a field can have, in the order a menu shows them. */
export const creatableTypes = creatableTypeNames;

/** One of the types that people can choose. */
export type CreatableType = (typeof creatableTypes)[number];

const names: Record<FieldTypeName, MessageId> = {
  short_text: 'project.type.short_text',
  long_text: 'project.type.long_text',
  number: 'project.type.number',
  rating: 'project.type.rating',
  slider: 'project.type.slider',
  checkbox: 'project.type.checkbox',
  select: 'project.type.select',
  multi_select: 'project.type.multi_select',
  date: 'project.type.date',
  interval: 'project.type.interval',
  person: 'project.type.person',
  people: 'project.type.people',
  url: 'project.type.url',
  labels: 'project.type.labels',
  connection: 'project.type.connection',
  parent: 'project.type.connection',
  formula: 'project.type.formula',
  votes: 'project.type.votes',
  evidence: 'project.type.evidence',
  time: 'project.type.date',
};

/** What a type is called. */
export function typeName(type: FieldTypeName): string {
  return t(names[type]);
}

/** The types as choices of a select. */
export function typeOptions(): SelectOption<CreatableType>[] {
  return creatableTypes.map((type) => ({ value: type, label: typeName(type), icon: fieldType(type).icon }));
}
