import type { components } from '@/api/schema.d.ts';
import type { Change } from './types.ts';

type Insight = components['schemas']['Insight'];

/** What is held of a list of insights: the first ones, and how many there are, also by stage. */
export interface HeldInsights {
  insights: readonly Insight[];
  total: number;
  counts: Record<string, number>;
}

/** What was written about insights, by ids. */
export interface Written {
  insights: ReadonlySet<number>;
  /** Links of insights to ideas. */
  links: ReadonlySet<number>;
  customers: ReadonlySet<number>;
  /** What may be suggested by words is another. */
  words: boolean;
  /** Fields of customers are others. */
  fields: boolean;
}

/** What was written about some insights. */
export function wrote(insights: readonly number[], words = false, links: readonly number[] = []): Written {
  return { insights: new Set(insights), links: new Set(links), customers: new Set(), words, fields: false };
}

/** What an insight can have otherwise while its words stay. */
const wordless = new Set(
  'on importance direction reliability person company recorded url page icon parkedUntil dismissed updatedAt'.split(
    ' ',
  ),
);

interface Snapshot {
  parent?: number;
  attrs?: { insight?: number; on?: string };
}

/** What a change set says of insights, their links and customers; undefined when it says nothing of them. */
export function writtenIn(changes: readonly Change[]): Written | undefined {
  const insights = new Set<number>();
  const links = new Set<number>();
  const customers = new Set<number>();
  let [words, fields] = [false, false];
  for (const { kind, id, attr, old, new: after } of changes) {
    const whole = (attr ? undefined : (after ?? old)) as Snapshot | undefined;
    if (kind === 'insight') {
      insights.add(id);
      words ||= attr === undefined || !wordless.has(attr);
      if (attr === 'mergedInto')
        for (const other of [old, after]) if (Number(other)) insights.add(Number(other));
    } else if (kind === 'evidence') {
      const insight = whole?.attrs?.insight;
      if (insight === undefined) links.add(id);
      else insights.add(insight);
    } else if (kind === 'customer') customers.add(id);
    else if (kind === 'customer_field') fields = true;
    else if (kind === 'idea') words ||= !attr;
    else if ((kind === 'comment' || kind === 'file') && whole?.attrs?.on === 'insight' && whole.parent)
      insights.add(whole.parent);
  }
  const some = insights.size + links.size + customers.size > 0 || words || fields;
  return some ? { insights, links, customers, words, fields } : undefined;
}

/** The insights of a list that have to be asked for again after something was written; among them such as may be new to it. */
export function concerned({ insights }: HeldInsights, written: Written): number[] {
  const ids = new Set(written.insights);
  if (written.links.size > 0 || written.customers.size > 0)
    for (const { id, links, person = 0, company = 0 } of insights)
      if (
        written.customers.has(person) ||
        written.customers.has(company) ||
        links?.some((link) => written.links.has(link.id))
      )
        ids.add(id);
  return [...ids];
}

/**
 * A list after some of its insights, `asked`, were asked for again; what of them is in the list is in the answer. Found by
 * words they stand as they are found, so that where a new one belongs is not known: then it is undefined.
 */
export function inStep(
  held: HeldInsights,
  asked: readonly number[],
  answer: HeldInsights,
  byWords: boolean,
): HeldInsights | undefined {
  const { total, counts } = answer;
  const now = new Map(answer.insights.map((insight) => [insight.id, insight]));
  const gone = new Set(asked.filter((id) => !now.has(id)));
  const insights: Insight[] = [];
  let moved = false;
  for (const insight of held.insights) {
    const next = now.get(insight.id) ?? insight;
    moved ||= next.on !== insight.on;
    if (!gone.has(insight.id)) insights.push(next);
    now.delete(insight.id);
  }
  if (byWords) return now.size > 0 ? undefined : { insights, total, counts };
  const complete = held.insights.length >= held.total;
  const end = held.insights.at(-1);
  insights.push(...now.values());
  if (now.size > 0 || moved) insights.sort(newestFirst);
  // What belongs behind the end of what is held is loaded when it is its turn.
  const shown = complete || !end ? insights : insights.filter((insight) => newestFirst(insight, end) <= 0);
  return { insights: shown, total, counts };
}

function newestFirst(one: Insight, other: Insight): number {
  return one.on === other.on ? other.id - one.id : one.on < other.on ? 1 : -1;
}
