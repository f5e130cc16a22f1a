import { client, send } from '@/api/client.ts';
import type { components } from '@/api/schema.d.ts';
import type { Interval } from '@/lib/days.ts';
import type { Ref } from './types.ts';

/** What follows when ideas move. */
export type Cascade = components['schemas']['CascadeOutBody'];
/** An idea that follows. */
export type CascadeShift = components['schemas']['CascadeShift'];
/** An idea that stood elsewhere in time. */
export type BaselineIdea = components['schemas']['BaselineIdea'];

/** The fields that say when ideas happen. */
export interface DateRefs {
  start: Ref;
  end?: Ref;
}

/** Asks which ideas follow when some move; changes nothing. */
export function askCascade(
  project: string,
  body: DateRefs & { moves: ({ idea: number } & Interval)[]; keep?: boolean },
): Promise<Cascade> {
  return send(client.POST('/projects/{project}/cascade', { params: { path: { project } }, body }));
}

/** The ideas that at the end of a day stood elsewhere in time than now. */
export async function getBaseline(
  project: string,
  query: DateRefs & { date: string },
  signal: AbortSignal,
): Promise<BaselineIdea[]> {
  const answer = await send(
    client.GET('/projects/{project}/baseline', { params: { path: { project }, query }, signal }),
  );
  return answer.ideas ?? [];
}
