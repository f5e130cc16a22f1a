import { client, send } from '@/api/client.ts';
import type { components } from '@/api/schema.d.ts';
import { queryIdeas } from './calls.ts';
import type { Filter, Query, Ref } from './types.ts';

type Schemas = components['schemas'];

/** How sure the order of a view's ideas is. */
export type Ranking = Schemas['RankAnswer'];
/** What is known of one idea's place. */
export type RankedIdea = Schemas['RankedIdea'];
/** The play of one weight. */
export type WeightPlay = Schemas['RankWeight'];
/** Where a capacity ends. */
export type CutLine = Schemas['CutAnswer'];
/** One idea in two rankings. */
export type ComparedIdea = Schemas['ComparedIdea'];

/** What is ranked, by the order of the query. */
export interface RankQuestion {
  project: string;
  query: Query;
  top: number;
}

const body = ({ query, top }: RankQuestion) => ({ query: { ...query, group: [], rollups: [] }, top });
const at = (project: string) => ({ path: { project } });

/** Chances, ranks, ties and what to learn next. */
export function rankIdeas(question: RankQuestion, limit: number, signal: AbortSignal): Promise<Ranking> {
  return send(
    client.POST('/projects/{project}/uncertainty', {
      params: at(question.project),
      body: { ...body(question), limit, learn: 8 },
      signal,
    }),
  );
}

/** Which ideas of the whole order are a coin toss apart. */
export async function rankTies(question: RankQuestion, signal: AbortSignal): Promise<number[][]> {
  const { top: _, ...rest } = body(question);
  const params = at(question.project);
  const answer = await send(
    client.POST('/projects/{project}/uncertainty/ties', { params, body: rest, signal }),
  );
  return (answer.ties ?? []).map((tie) => tie ?? []);
}

/** The top N as it would be with other weights. */
export type TriedTop = Schemas['ReweighOutBody'];

/** Tries weights out; nothing is changed. */
export function tryWeights(
  question: RankQuestion,
  weights: Readonly<Record<Ref, number>>,
  signal: AbortSignal,
): Promise<TriedTop> {
  return send(
    client.POST('/projects/{project}/uncertainty/weights/try', {
      params: at(question.project),
      body: {
        ...body(question),
        weights: Object.entries(weights).map(([field, weight]) => ({ field, weight })),
      },
      signal,
    }),
  );
}

/** How far each weight may move. */
export async function rankWeights(question: RankQuestion, signal: AbortSignal): Promise<WeightPlay[]> {
  const answer = await send(
    client.POST('/projects/{project}/uncertainty/weights', {
      params: at(question.project),
      body: body(question),
      signal,
    }),
  );
  return answer.weights ?? [];
}

/** What there is to share, and what ideas take. */
export interface CutQuestion {
  effort: Ref;
  capacity: number;
  teamField?: Ref;
  teams?: Record<string, number>;
  must?: Filter;
}

/** Where the capacity ends. */
export function rankCut(question: RankQuestion, cut: CutQuestion, signal: AbortSignal): Promise<CutLine> {
  return send(
    client.POST('/projects/{project}/uncertainty/cut', {
      params: at(question.project),
      body: { ...body(question), ...cut },
      signal,
    }),
  );
}

/** The ranks by another field. */
export async function rankCompare(
  question: RankQuestion,
  other: Ref,
  signal: AbortSignal,
): Promise<ComparedIdea[]> {
  const answer = await send(
    client.POST('/projects/{project}/uncertainty/compare', {
      params: at(question.project),
      body: { ...body(question), other, limit: 20 },
      signal,
    }),
  );
  return answer.ideas ?? [];
}

/** What people call an idea. */
export interface IdeaName {
  key: string;
  title: string;
}

/** The names of the first ideas of a view, by id. */
export async function namesOf(
  { project, query }: RankQuestion,
  signal: AbortSignal,
): Promise<ReadonlyMap<number, IdeaName>> {
  const most = 1000;
  const answer = await queryIdeas(
    project,
    { query: { ...query, group: [], rollups: [] }, columns: ['title'], colors: [], offset: 0, limit: most },
    signal,
  );
  return new Map(
    answer.rows.map((row) => [Number(row[0]), { key: `${project}-${row[1]}`, title: String(row[5] ?? '') }]),
  );
}
