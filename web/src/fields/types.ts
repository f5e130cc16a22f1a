import type { LucideIcon } from 'lucide-react';
import type { ComponentType, RefObject } from 'react';
import type { Mention } from '@/sync/mentions.ts';
import type {
  CellValue,
  Connection,
  EvidenceRule,
  FieldInfo,
  NumberFormat,
  Option,
  Person,
  VoteRules,
} from '@/sync/types.ts';

/** Where the focus goes after an edit: the next cell that way, or nowhere else. */
export type Move = 'down' | 'up' | 'right' | 'left' | 'stay';

/** Props of a field type's cell: it only shows. */
export interface CellProps {
  field: FieldInfo;
  value: CellValue;
}

/** What a popup stands beside. */
export type Anchor = HTMLElement | RefObject<HTMLElement | null> | null;

/** Props of a field type's editor, in the place of the cell. */
export interface EditorProps {
  field: FieldInfo;
  value: CellValue;
  /** The idea that is edited; 0 for one that does not exist yet. */
  idea: number;
  /** What was typed to open it, replacing the value. */
  typed?: string;
  /** What a popup stands beside. */
  anchor: Anchor;
  onCommit: (value: CellValue, move: Move) => void;
  onCancel: () => void;
}

/** Props of a field type's settings. */
export interface SettingsProps {
  options: readonly Option[];
  number: NumberFormat;
  votes: VoteRules;
  evidence: EvidenceRule;
  connection: Connection;
  onOptionsChange: (options: Option[]) => void;
  onNumberChange: (format: NumberFormat) => void;
  onVotesChange: (rules: VoteRules) => void;
  onEvidenceChange: (rule: EvidenceRule) => void;
  onConnectionChange: (rules: Connection) => void;
}

/** What texts are read and written with. */
export interface CodecContext {
  people: readonly Person[];
  me: Person;
  /** What is known of ideas that values point at. */
  ideas?: ReadonlyMap<number, Mention>;
}

/** A text as a value, or why it is none. */
export type Parsed = { value: CellValue } | { error: string };

/** Everything the interface knows of a field type; one folder each. */
export interface FieldType {
  icon: LucideIcon;
  /** Of the cell's content. */
  align: 'start' | 'end' | 'center';
  /** The width of its column in px, until somebody drags it. */
  width: number;
  Cell: ComponentType<CellProps>;
  /** Absent where nothing is ever edited. */
  Editor?: ComponentType<EditorProps>;
  /** Typing in a chosen cell begins an edit that replaces the value. */
  typing?: true;
  /** Enter and a click change the value at once, without an editor. */
  toggle?: (value: CellValue) => CellValue;
  /** A key pressed in a chosen cell that sets a value at once; undefined where the key means nothing. */
  keyValue?: (key: string, value: CellValue, field: FieldInfo) => CellValue | undefined;
  /** The value as the text of a spreadsheet's cell. */
  toText: (value: CellValue, field: FieldInfo, context: CodecContext) => string;
  /** A spreadsheet's cell as a value. */
  fromText: (text: string, field: FieldInfo, context: CodecContext) => Parsed;
  /** Its editor opens for everybody, since it shows more than it sets. */
  opensForAll?: true;
}
