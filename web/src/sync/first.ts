import type { Account } from '@/api/account.ts';
import type { components } from '@/api/schema.d.ts';
import { answerOf, type ProjectPage, type Workspace } from './calls.ts';
import type { ResultAnswer } from './result.ts';
import type { ColorRule, Query, Ref } from './types.ts';

/** The answers that the server put into the page, so that they need not be asked for; see docs/spec/first-page.md. */
export interface FirstAnswers {
  account?: Account;
  workspace?: Workspace;
  project?: ProjectPage;
  result?: {
    view: number;
    query: Query;
    columns: Ref[];
    colors?: ColorRule[] | null;
    colorBy?: Ref;
    answer: components['schemas']['ViewResult'];
  };
}

/** A question about the ideas of a project, as far as it decides the rows. */
interface Question {
  query: Query;
  columns: readonly Ref[];
  colors: readonly ColorRule[];
  colorBy?: Ref;
}

let first: FirstAnswers | undefined;
let followed = false;

/** What came with the page; it holds as long as nothing was heard since. */
export function firstAnswers(): FirstAnswers {
  if (!first) {
    const text = document.getElementById('first')?.textContent;
    first = text ? (JSON.parse(text) as FirstAnswers) : {};
  }
  return first;
}

/** From where in the log to follow a project, once, when what came with the page is about it. */
export function takeFirstPosition(project: string): number | undefined {
  const { project: page, workspace, result } = firstAnswers();
  if (followed || page?.key !== project) return undefined;
  followed = true;
  return Math.min(page.seq, workspace?.seq ?? page.seq, result?.answer.seq ?? page.seq);
}

/** The answer that came with the page, once, when it is that to the question. */
export function takeFirstResult(project: string, question: Question): ResultAnswer | undefined {
  const { project: page, result } = firstAnswers();
  if (!result || page?.key !== project) return undefined;
  const { query, columns, colors, colorBy } = result;
  const { query: q, columns: c, colors: r, colorBy: b } = question;
  if (plain([query, columns, colors ?? [], colorBy]) !== plain([q, c, r, b])) return undefined;
  first = { ...firstAnswers(), result: undefined };
  return answerOf(result.answer);
}

/** A value as text that is the same for what means the same: members in order, and none that say nothing. */
function plain(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) => {
    if (typeof inner !== 'object' || inner === null || Array.isArray(inner)) return inner;
    const members = Object.entries(inner).filter(([, member]) => !saysNothing(member));
    return Object.fromEntries(members.sort(([a], [b]) => (a < b ? -1 : 1)));
  });
}

function saysNothing(member: unknown): boolean {
  return (
    member === undefined || member === null || member === '' || (Array.isArray(member) && member.length === 0)
  );
}
