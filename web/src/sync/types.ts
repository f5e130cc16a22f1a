import type { components } from '@/api/schema.d.ts';
import type { OptionColor } from '@/lib/colors.ts';
import type { Interval } from '@/lib/days.ts';
import type { RangeValue } from '@/lib/range.ts';

type Schemas = components['schemas'];

/** A person of the workspace. */
export type Person = Schemas['Person'];
/** A project with the reader's role in it. */
export type Project = Schemas['Project'];
/** A saved view. */
export type View = Schemas['View'];
/** A view's definition, as it is written. */
export type ViewInput = Schemas['ViewInput'];
/** Which ideas, in what order and groups. */
export type Query = Schemas['Query'];
/** A condition tree: one of all, any, not, or a comparison. */
export type Filter = Schemas['Filter'];
/** One grouping. */
export type GroupBy = Schemas['GroupBy'];
/** One key of a sort order. */
export type SortKey = Schemas['SortKey'];
/** How ideas are coloured where no rule does, and how colours are drawn. */
export type ColorBy = Schemas['ColorBy'];
/** A rule that colours ideas. */
export type ColorRule = Schemas['ColorRule'];
/** One shown field. */
export type Column = Schemas['Column'];
/** One summary of one field. */
export type Rollup = Schemas['Rollup'];
/** An idea with everything it holds. */
export type Idea = Schemas['Idea'];
/** What changes of an idea; what is left out stays. */
export type IdeaPatch = Schemas['IdeaPatch'];
/** One choice of a select field. */
export type Option = Schemas['Option'];
/** How a number is written. */
export type NumberFormat = Schemas['NumberFormat'];
/** How people vote with a field. */
export type VoteRules = Schemas['VoteRules'];
/** What an evidence field measures of an idea's insights. */
export type EvidenceRule = Schemas['EvidenceRule'];
/** When a field must be filled, and what it starts with. */
export type FieldRules = Schemas['FieldRules'];
/** A mark that values of a field carry where a condition holds. */
export type FieldFormat = Schemas['FieldFormat'];
/** How a formula is made up. */
export type Formula = Schemas['Formula'];
/** How a formula came to its value. */
export type Explanation = Schemas['Explanation'];
/** A link between two ideas. */
export type IdeaLink = Schemas['Link'];
/** What a link says. */
export type LinkType = IdeaLink['type'];
/** An idea at one end of a link. */
export type LinkEnd = Schemas['LinkEnd'];
/** A type of ideas of a project. */
export type IdeaType = Schemas['IdeaType'];
/** Which ideas a connection field may hold. */
export type Connection = Schemas['Connection'];
/** A role in a project. */
export type Role = Project['role'];

/** A reference to a field: a built-in attribute (title, key, createdAt …) or "f" and the field's id. */
export type Ref = string;

/** The field types that hold what people enter, in the order a menu shows them. */
export const storedTypeNames = [
  'short_text',
  'long_text',
  'number',
  'rating',
  'slider',
  'checkbox',
  'select',
  'multi_select',
  'date',
  'interval',
  'person',
  'people',
  'url',
  'labels',
] as const;

/** The field types that people can create. */
export const creatableTypeNames = [...storedTypeNames, 'connection', 'formula', 'votes', 'evidence'] as const;

/** The field types whose values follow from something else. */
export const derivedTypeNames: readonly string[] = ['formula', 'votes', 'evidence'];

/** The field types that ideas can show. */
export const fieldTypeNames = [...creatableTypeNames, 'parent', 'time'] as const;

/** The name of a field type. */
export type FieldTypeName = (typeof fieldTypeNames)[number];

/** A field of a project or a built-in attribute, as screens need it. */
export interface FieldInfo {
  ref: Ref;
  name: string;
  type: FieldTypeName;
  /** The custom field's id; absent for built-in attributes. */
  id?: number;
  version?: number;
  description?: string;
  options: readonly Option[];
  number?: NumberFormat;
  formula?: Formula;
  votes?: VoteRules;
  evidence?: EvidenceRule;
  rules?: FieldRules;
  formats?: readonly FieldFormat[] | null;
  connection?: Connection;
  hidden?: boolean;
  pinned?: boolean;
  openToContributors?: boolean;
  position: number;
  /** Nobody writes it: it is computed or kept by Cairn. */
  readOnly?: boolean;
}

/** A formula's value that is not simply a number. */
export interface FormulaCell {
  value?: number | null;
  /** Inputs that are not filled in. */
  missing?: Ref[];
  /** Why there is no value. */
  error?: string;
}

/** The value of one field of one idea, in the shape of its type; null is no value. */
export type CellValue =
  | null
  | string
  | number
  | boolean
  | Interval
  | RangeValue
  | readonly number[]
  | readonly string[]
  | FormulaCell;

/** One idea as a row of a view. */
export interface IdeaRow {
  id: number;
  number: number;
  version: number;
  color?: OptionColor;
  cellColors?: Readonly<Record<Ref, OptionColor>>;
  /** Marks that formats set beside values. */
  cellIcons?: Readonly<Record<Ref, string>>;
  archived: boolean;
  values: Readonly<Record<Ref, CellValue>>;
}

/** A roll-up's result; dates are days. */
export interface RollupValue {
  field: Ref;
  op: string;
  value: number | string | null;
}

/** Ideas that share a value, a run of positions in the flattened order. */
export interface ViewGroup {
  key: CellValue;
  label: string;
  offset: number;
  /** Positions it takes; an idea counts once per subgroup it stands in. */
  length: number;
  count: number;
  rollups?: RollupValue[];
  groups?: ViewGroup[];
}

/** One change in a change set. */
export interface Change {
  kind: string;
  id: number;
  /** Absent when the whole thing was created or deleted. */
  attr?: string;
  old?: unknown;
  new?: unknown;
}

/** What was written in one step. */
export interface ChangeSet {
  seq: number;
  at: string;
  actor?: number;
  project?: number;
  group?: string;
  reason?: string;
  origin?: string;
  changes: Change[];
  /** Set instead of changes when there are too many to send. */
  bulk?: number;
}
