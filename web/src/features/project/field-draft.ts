import {
  type Connection,
  derivedTypeNames,
  type EvidenceRule,
  type FieldFormat,
  type FieldInfo,
  type FieldRules,
  type NumberFormat,
  type Option,
  type VoteRules,
} from '@/sync/types.ts';
import type { Formula } from './calls.ts';
import { isComplete } from './field-formats.ts';
import { type CreatableType, creatableTypes } from './field-types.ts';
import { plainFormula } from './formula.ts';

/** The parts of a field that the dialog changes. */
export interface FieldDraft {
  name: string;
  description: string;
  type: CreatableType;
  options: readonly Option[];
  number: NumberFormat;
  formula: Formula;
  votes: VoteRules;
  evidence: EvidenceRule;
  connection: Connection;
  rules: FieldRules;
  formats: readonly FieldFormat[];
  pinned: boolean;
  hidden: boolean;
  open: boolean;
}

/** What the dialog begins with: the field as it is, or an empty one. */
export function draftOf(field: FieldInfo | undefined): FieldDraft {
  return {
    name: field?.name ?? '',
    description: field?.description ?? '',
    type: creatableTypes.find((type) => type === field?.type) ?? 'short_text',
    options: field?.options ?? [],
    number: field?.number ?? {},
    formula: field?.formula ?? { kind: 'weighted', inputs: [] },
    votes: field?.votes ?? {},
    evidence: field?.evidence ?? { measure: 'insights' },
    connection: field?.connection ?? {},
    rules: field?.rules ?? {},
    formats: field?.formats ?? [],
    pinned: field?.pinned ?? false,
    hidden: field?.hidden ?? false,
    open: field?.openToContributors ?? false,
  };
}

/** What is sent of a draft: only what its type has. */
export function bodyOf(draft: FieldDraft) {
  const { name, description, type, number, formula, votes, rules, pinned, hidden, open } = draft;
  const options = draft.options
    .filter((option) => option.name.trim() !== '')
    .map(({ id, ...rest }) => (id > 0 ? { id, ...rest } : rest));
  return {
    name: name.trim(),
    description: description.trim(),
    pinned,
    hidden,
    openToContributors: open,
    ...(type === 'select' || type === 'multi_select' ? { options } : {}),
    ...(['number', 'slider', 'formula'].includes(type) && Object.keys(number).length > 0 ? { number } : {}),
    ...(type === 'votes' ? { votes } : {}),
    ...(type === 'evidence' ? { evidence: draft.evidence } : {}),
    // Sent also when it is empty: so a field is no longer narrowed.
    ...(type === 'connection' ? { connection: draft.connection } : {}),
    ...(derivedTypeNames.includes(type) ? {} : { rules: sentRules(rules) }),
    formats: draft.formats.filter((format) => isComplete(format, type)),
    ...(type === 'formula' ? { formula: plainFormula(formula) } : {}),
  };
}

/** A rule about a select without options says nothing. */
function sentRules({ before, ...rules }: FieldRules): FieldRules {
  return before?.options && before.options.length > 0 ? { ...rules, before } : rules;
}
