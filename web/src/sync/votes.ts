import { client, send } from '@/api/client.ts';
import type { components } from '@/api/schema.d.ts';
import { headersOf } from './calls.ts';
import type { Ref } from './types.ts';

/** What one person gave to an idea. */
export type IdeaVote = components['schemas']['IdeaVote'];
/** What somebody gave with one votes field, and their budget. */
export type Ballot = components['schemas']['Ballot'];

/** Names what is known of votes, to be asked for again after voting. */
export const voteKeys = {
  idea: (idea: number) => ['votes', 'idea', idea] as const,
  mine: (project: string) => ['votes', 'mine', project] as const,
};

/** Who voted for an idea, most votes first. */
export async function ideaVotes(idea: number, signal?: AbortSignal): Promise<IdeaVote[]> {
  const { votes } = await send(
    client.GET('/ideas/{idea}/votes', { params: { path: { idea: String(idea) } }, signal }),
  );
  return votes ?? [];
}

/** The reader's own votes in a project, by field. */
export async function myBallots(project: string, signal?: AbortSignal): Promise<Ballot[]> {
  const { ballots } = await send(
    client.GET('/projects/{project}/votes', { params: { path: { project } }, signal }),
  );
  return ballots ?? [];
}

/** A number of votes for an idea; 0 takes them back. */
export interface VoteOf {
  idea: number;
  field: Ref;
  amount: number;
  comment?: string;
}

/** Votes, in a group of its own for undo. */
export function vote({ idea, field, amount, comment }: VoteOf, group: string) {
  return send(
    client.PUT('/ideas/{idea}/votes/{field}', {
      params: { path: { idea: String(idea), field } },
      body: { amount, ...(comment ? { comment } : {}) },
      headers: headersOf(group),
    }),
  );
}
