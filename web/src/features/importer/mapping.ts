import { storedTypeNames } from '@/sync/types.ts';
import type { Column, MappedColumn, Mapping, ReadOptions, SavedMapping } from './calls.ts';

/** Where each column goes, by the column's key. */
export type Draft = Readonly<Record<string, MappedColumn>>;

/** The types that a new field can have, in the order of a menu. */
export const newFieldTypes = storedTypeNames;

/** A type that a new field can have. */
export type NewFieldType = (typeof newFieldTypes)[number];

/** The type of a new field by its name; short text for what no new field can be. */
export function newFieldType(name: string | undefined): NewFieldType {
  return newFieldTypes.find((type) => type === name) ?? 'short_text';
}

/** A mapping's columns as a draft. */
export function draftOf(mapping: Mapping): Draft {
  return Object.fromEntries((mapping.columns ?? []).map((each) => [each.column, each]));
}

/** A draft as the columns of a mapping, in the order of the file. */
export function columnsOf(draft: Draft, columns: readonly Column[]): MappedColumn[] {
  return columns.map(({ key }) => draft[key] ?? { column: key, target: 'ignore' });
}

/** What a mapping needs to know of a field. */
export interface NamedField {
  id?: number | undefined;
  name: string;
}

/** The field that a column goes to; undefined when it goes elsewhere or the field is gone. */
export function fieldOf<F extends NamedField>(mapped: MappedColumn, fields: readonly F[]): F | undefined {
  if (mapped.target !== 'field') return undefined;
  if (mapped.field) return fields.find(({ id }) => id === mapped.field);
  return fields.find(({ name }) => name.toLowerCase() === mapped.name?.toLowerCase());
}

/** The choice of a column's menu that a mapping stands for: a built-in target, `new`, or `field:` and an id. */
export function choiceOf(mapped: MappedColumn, fields: readonly NamedField[]): string | null {
  if (mapped.target !== 'field') return mapped.target;
  const id = fieldOf(mapped, fields)?.id;
  return id === undefined ? null : `field:${id}`;
}

/** Sends a column to what was chosen in its menu; a new field gets the name and type that the file suggests. */
export function withChoice(
  column: Column,
  choice: string,
  types: readonly NewFieldType[] = newFieldTypes,
): MappedColumn {
  if (choice.startsWith('field:')) {
    return { column: column.key, target: 'field', field: Number(choice.slice('field:'.length)) };
  }
  if (choice !== 'new') return { column: column.key, target: choice };
  const name = column.label || column.name;
  const type = newFieldType(column.type);
  return { column: column.key, target: 'new', name, type: types.includes(type) ? type : 'short_text' };
}

/** Takes over what a saved mapping says of the columns that this file has. */
export function applySaved(draft: Draft, saved: SavedMapping, columns: readonly Column[]): Draft {
  const said = draftOf(saved);
  return Object.fromEntries(
    columns.map(({ key }) => [key, said[key] ?? draft[key] ?? { column: key, target: 'ignore' }]),
  );
}

/** How many columns a saved mapping knows of this file. */
export function knownColumns(saved: SavedMapping, columns: readonly Column[]): number {
  const said = draftOf(saved);
  return columns.filter(({ key }) => said[key] !== undefined).length;
}

/** The options of reading a file, in the order of a form. */
export const optionNames = [
  'encoding',
  'delimiter',
  'sheet',
  'headerRow',
  'dateOrder',
  'decimal',
  'timeZone',
  'markup',
  'idColumn',
] as const satisfies readonly (keyof ReadOptions)[];

/** The name of an option. */
export type OptionName = (typeof optionNames)[number];

/** The option that a note asks about; undefined when it asks nothing that can be answered here. */
export function optionName(name: string | undefined): OptionName | undefined {
  return optionNames.find((each) => each === name);
}

/** Sets one option by the text of a choice. */
export function withOption(options: ReadOptions, name: OptionName, choice: string): ReadOptions {
  return { ...options, [name]: name === 'headerRow' ? Number(choice) : choice };
}

/** Whether an option decides which columns there are, so that what was mapped before no longer holds. */
export function changesShape(name: OptionName): boolean {
  return name === 'encoding' || name === 'delimiter' || name === 'sheet' || name === 'headerRow';
}

/** A reason of the server as a sentence of its own: with a capital at its beginning. */
export function asSentence(reason: string): string {
  return reason.charAt(0).toLocaleUpperCase() + reason.slice(1);
}
