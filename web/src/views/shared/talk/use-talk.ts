import { useQueryClient } from '@tanstack/react-query';
import { client, send } from '@/api/client.ts';
import { t } from '@/lib/i18n.ts';
import { headersOf, newGroup } from '@/sync/calls.ts';
import { useProject } from '@/sync/project.tsx';
import { toast, toastFailure } from '@/ui/Toast.tsx';
import { aboutOf, commentsKey, idOf, react, settle } from './talk-calls.ts';
import type { Comment } from './threads.ts';
import { type Tick, tick } from './ticks.ts';

/** What can be done with one comment; each loads the comments again. */
export function useTalk(comment: Comment) {
  const { session } = useProject();
  const queries = useQueryClient();
  const key = commentsKey(idOf(aboutOf(comment)));
  const reload = () => queries.invalidateQueries({ queryKey: key });
  const write = (body: string, version: number) => {
    const params = { path: { comment: comment.id } };
    return send(client.PATCH('/comments/{comment}', { params, body: { body, version } }));
  };
  const act = async (call: Promise<unknown>) => {
    try {
      await call;
    } catch (error) {
      toastFailure(error);
    }
    await reload();
  };
  return {
    react: (emoji: string, on: boolean) => act(react(comment.id, emoji, on)),
    settle: (settled: boolean) => act(settle(comment.id, settled)),
    save: async (body: string) => {
      await write(body, comment.version);
      await reload();
    },
    tick: (one: Tick) =>
      act(
        tick({ text: comment.body, version: comment.version }, one, write, async () => {
          await reload();
          const now = queries.getQueryData<Comment[]>(key)?.find(({ id }) => id === comment.id);
          return { text: now?.body ?? '', version: now?.version ?? comment.version };
        }),
      ),
    remove: async () => {
      const group = newGroup();
      const params = { path: { comment: comment.id } };
      try {
        await send(client.DELETE('/comments/{comment}', { params, headers: headersOf(group) }));
      } catch (error) {
        toastFailure(error);
        return;
      }
      await reload();
      toast({
        title: t('idea.comments.deleted'),
        undo: () => void session.undoGroup(group).then(reload).catch(toastFailure),
      });
    },
  };
}
