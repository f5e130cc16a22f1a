import { client, send } from '@/api/client.ts';
import type { components } from '@/api/schema.d.ts';

/** A page of what happened in a project. */
export type ActivityPage = components['schemas']['ActivityOutBody'];
/** A step of it. */
export type ActivitySet = components['schemas']['ActivitySet'];

/** The parts of a project's activity. */
export const parts = ['ideas', 'comments', 'evidence', 'project'] as const;

/** One of them. */
export type Part = (typeof parts)[number];

/** Which steps are wanted. */
export interface Wanted {
  part: Part | undefined;
  person: number | undefined;
}

/** A page of what happened, newest first, from before a step. */
export function getActivity(
  project: string,
  { part, person }: Wanted,
  before: number,
  signal: AbortSignal,
): Promise<ActivityPage> {
  const query = { part, person, limit: 50, ...(before > 0 && { before }) };
  return send(client.GET('/projects/{project}/activity', { params: { path: { project }, query }, signal }));
}
