import { client, send } from '@/api/client.ts';
import type { components } from '@/api/schema.d.ts';
import type { Query, Ref } from './types.ts';

/** What became otherwise between two moments in what a query finds. */
export type Changes = components['schemas']['Changes'];
/** What became of one idea. */
export type ChangedIdea = components['schemas']['ChangedIdea'];

/** A question about what became otherwise. */
export interface SinceQuestion {
  query: Query;
  fields: readonly Ref[];
  /** A day, whose end counts, or a moment. */
  since: string;
  until?: string | undefined;
  /** Leaves out ideas that nobody but the reader changed, where others changed any. */
  others?: boolean;
  /** Which of the ideas are described. */
  offset?: number;
  limit?: number;
}

/** Says that the reader sees a view; resolves to the end of their last visit, undefined when this is the first. */
export async function visitView(view: number, caught = false): Promise<string | undefined> {
  const { since } = await send(
    client.PUT('/views/{view}/visit', { params: { path: { view } }, body: { caught } }),
  );
  return since;
}

/** What became otherwise. */
export function changedSince(
  project: string,
  { fields, ...question }: SinceQuestion,
  signal?: AbortSignal,
): Promise<Changes> {
  return send(
    client.POST('/projects/{project}/changes', {
      params: { path: { project } },
      body: { ...question, fields: [...fields] },
      signal,
    }),
  );
}

/** Says that the reader leaves a view: what changed until now they have seen. It arrives although the page ends. */
export function leaveView(view: number): void {
  void client
    .PUT('/views/{view}/visit', { params: { path: { view } }, body: {}, keepalive: true })
    .catch(() => undefined);
}
