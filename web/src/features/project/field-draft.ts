import type { FieldInfo, NumberFormat, Option, VoteRules } from '@/sync/types.ts';
import type { Formula } from './calls.ts';
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
    pinned: field?.pinned ?? false,
    hidden: field?.hidden ?? false,
    open: field?.openToContributors ?? false,
  };
}

/** What is sent of a draft: only what its type has. */
export function bodyOf(draft: FieldDraft) {
  const { name, description, type, number, formula, votes, pinned, hidden, open } = draft;
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
    ...(type === 'formula' ? { formula: plainFormula(formula) } : {}),
  };
}
