import { client, send } from '@/api/client.ts';
import type { components } from '@/api/schema.d.ts';

/** A page of what happened. */
export type ActivityPage = components['schemas']['ActivityOutBody'];
/** A step of it. */
export type ActivitySet = components['schemas']['ActivitySet'];
/** What an undo would do. */
export type UndoPreview = components['schemas']['UndoPreviewOutBody'];

/** The parts of an activity. */
export const parts = ['ideas', 'comments', 'evidence', 'project'] as const;

/** One of them. */
export type Part = (typeof parts)[number];

/** Which steps are wanted: of a project, of a person, or of a person in a project. */
export interface Wanted {
  project: string | undefined;
  part: Part | undefined;
  person: number | undefined;
}

/** A page of what happened, newest first, from before a step. */
export function getActivity(
  { project, part, person }: Wanted,
  before: number,
  signal: AbortSignal,
): Promise<ActivityPage> {
  const query = { part, limit: 50, ...(before > 0 && { before }) };
  return project === undefined
    ? send(
        client.GET('/people/{person}/activity', { params: { path: { person: person ?? 0 }, query }, signal }),
      )
    : send(
        client.GET('/projects/{project}/activity', {
          params: { path: { project }, query: { ...query, person } },
          signal,
        }),
      );
}

/** What the undo of a group would take back, and what not. */
export function previewUndo(group: string, signal: AbortSignal): Promise<UndoPreview> {
  return send(client.GET('/groups/{group}/undo', { params: { path: { group } }, signal }));
}
