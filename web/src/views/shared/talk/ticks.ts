import '@/lib/messages/later/talk.ts';
import { client, send } from '@/api/client.ts';
import { ApiError } from '@/api/error.ts';
import { t } from '@/lib/i18n.ts';
import { headersOf } from '@/sync/calls.ts';
import type { ProjectSession } from '@/sync/project-session.ts';
import type { Idea } from '@/sync/types.ts';
import { sameTask, type Task, tasksOf, tickTask } from '@/views/shared/markdown/tasks.ts';

/** A tick of one task of a text. */
export interface Tick {
  at: number;
  done: boolean;
}

/** A text, and the version of it that was seen. */
interface Seen {
  text: string;
  version: number;
}

/** How often a tick is made again on a text that somebody else has changed meanwhile. */
const attempts = 4;

/**
 * Ticks a task in a text that several people write. What others changed meanwhile stays: the same task is looked for in
 * the newer text; when it is not there any more, the tick is refused.
 */
export async function tick<T>(
  seen: Seen,
  { at, done }: Tick,
  write: (text: string, version: number) => Promise<T>,
  read: () => Promise<Seen>,
): Promise<T> {
  const task: Task | undefined = tasksOf(seen.text)[at];
  for (let n = 1, now = seen; ; n++, now = await read()) {
    const place = task && sameTask(now.text, task, at);
    const text = place === undefined ? undefined : tickTask(now.text, place, done);
    if (text === undefined) throw new ApiError('conflict', t('idea.task.gone'));
    try {
      return await write(text, now.version);
    } catch (error) {
      if (!(error instanceof ApiError) || error.code !== 'conflict' || n === attempts) throw error;
    }
  }
}

/** Ticks a task of an idea's description; it can be undone like any edit. */
export async function tickDescription(session: ProjectSession, idea: Idea, one: Tick): Promise<void> {
  const params = { path: { idea: String(idea.id) } };
  await session.act(
    async (group) => {
      const shown = tickTask(idea.description, one.at, one.done);
      if (shown !== undefined)
        session.overlay.put(group, [{ id: idea.id, ref: 'description', value: shown }]);
      try {
        const written = await tick(
          { text: idea.description, version: idea.version },
          one,
          (description, version) =>
            send(
              client.PATCH('/ideas/{idea}', {
                params: { ...params, header: { 'If-Match': `"${version}"` } },
                headers: headersOf(group),
                body: { description },
              }),
            ),
          async () => {
            const now = await send(client.GET('/ideas/{idea}', { params }));
            return { text: now.description ?? '', version: now.version };
          },
        );
        for (const window of session.windows) window.applyIdea(written as Idea);
        return true;
      } finally {
        session.overlay.drop(group);
      }
    },
    () => void tickDescription(session, idea, one),
  );
}
