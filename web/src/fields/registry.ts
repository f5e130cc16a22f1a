import {
  Calendar,
  CircleUserRound,
  Heading1,
  KeyRound,
  Link2,
  ListTree,
  MessageSquare,
  Shapes,
} from 'lucide-react';
import type { FieldInfo, FieldTypeName } from '@/sync/types.ts';
import { checkbox } from './checkbox/index.tsx';
import { connection } from './connection/index.tsx';
import { date } from './date/index.tsx';
import { evidence } from './evidence/index.tsx';
import { formula } from './formula/index.tsx';
import { interval } from './interval/index.tsx';
import { labels } from './labels/index.tsx';
import { longText } from './long_text/index.tsx';
import { multiSelect } from './multi_select/index.tsx';
import { number } from './number/index.tsx';
import { parent } from './parent/index.tsx';
import { people } from './people/index.tsx';
import { person } from './person/index.tsx';
import { rating } from './rating/index.tsx';
import { select } from './select/index.tsx';
import { shortText } from './short_text/index.tsx';
import { slider } from './slider/index.tsx';
import { time } from './time/index.tsx';
import type { FieldType } from './types.ts';
import { url } from './url/index.tsx';
import { votes } from './votes/index.tsx';

/** The field types; one line each. */
const types: Record<FieldTypeName, FieldType> = {
  short_text: shortText,
  long_text: longText,
  number,
  rating,
  slider,
  checkbox,
  select,
  multi_select: multiSelect,
  date,
  interval,
  person,
  people,
  url,
  labels,
  connection,
  formula,
  votes,
  evidence,
  parent,
  time,
};

/** Built-in attributes that look or measure otherwise than their type. */
const builtins: Record<string, FieldType> = {
  title: { ...shortText, icon: Heading1, width: 340, typing: undefined },
  key: { ...shortText, icon: KeyRound, width: 88, Editor: undefined, typing: undefined },
  type: { ...select, icon: Shapes },
  children: { ...number, icon: ListTree, width: 96, Editor: undefined, typing: undefined },
  links: { ...number, icon: Link2, width: 96, Editor: undefined, typing: undefined },
  comments: { ...number, icon: MessageSquare, width: 96, Editor: undefined, typing: undefined },
  createdAt: { ...time, icon: Calendar },
  createdBy: { ...person, icon: CircleUserRound, Editor: undefined },
  updatedBy: { ...person, icon: CircleUserRound, Editor: undefined },
};

/** What the interface knows of a field's type. */
export function typeOf(field: Pick<FieldInfo, 'type' | 'ref'>): FieldType {
  return builtins[field.ref] ?? types[field.type];
}

/** What the interface knows of a type. */
export function fieldType(name: FieldTypeName): FieldType {
  return types[name];
}
