import '@/lib/messages/later/talk.ts';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { t } from '@/lib/i18n.ts';
import { hasRole } from '@/sync/facts.ts';
import { useLive } from '@/sync/live.ts';
import { useProject } from '@/sync/project.tsx';
import { Banner } from '@/ui/Banner.tsx';
import { Button } from '@/ui/Button.tsx';
import { Skeleton } from '@/ui/Skeleton.tsx';
import { WrittenBy } from '@/views/shared/presence/EditedBy.tsx';
import { CommentComposer } from './CommentComposer.tsx';
import css from './Comments.module.css';
import { Thread } from './Thread.tsx';
import { addComment, type CommentsOn, commentsKey, idOf, listComments } from './talk-calls.ts';
import { threadsOf } from './threads.ts';

export type { CommentsOn };

/** The comments on an idea, a view or an insight, followed while anybody writes. */
export function useComments(on: CommentsOn) {
  const id = idOf(on);
  useLive(commentsKey(id), ({ kind }) => kind === 'comment');
  return useQuery({
    queryKey: commentsKey(id),
    queryFn: ({ signal }) => listComments(on, signal),
  });
}

/** What people said about an idea, a view or an insight, thread by thread, and a place to begin one. */
export function Comments({ on }: { on: CommentsOn }) {
  const { project } = useProject();
  const { data, error, refetch } = useComments(on);
  const threads = useMemo(() => threadsOf(data ?? []), [data]);
  const mayComment = hasRole(project.role, 'contributor');
  const say = async (body: string, replyTo?: number) => {
    await addComment(on, { body, replyTo });
    await refetch();
  };
  return (
    <div className={css.comments}>
      {error && !data && (
        <Banner
          tone="danger"
          actions={<Button onClick={() => void refetch()}>{t('shell.crash.retry')}</Button>}
        >
          {error.message}
        </Banner>
      )}
      {!data && !error && <Skeleton height="48px" />}
      {threads.length > 0 && (
        <ol className={css.list}>
          {threads.map((thread) => (
            <Thread key={thread.first.id} thread={thread} onReply={say} />
          ))}
        </ol>
      )}
      {data?.length === 0 && !mayComment && <p className={css.none}>{t('idea.comments.none')}</p>}
      {'idea' in on && <WrittenBy idea={on.idea} />}
      {mayComment ? (
        <CommentComposer
          on={on}
          label={t('idea.comments.write')}
          submit={t('idea.comments.add')}
          draftKey={`cairn.comment.${idOf(on)}`}
          onSubmit={(body) => say(body)}
        />
      ) : (
        <p className={css.none}>{t('idea.comments.locked')}</p>
      )}
    </div>
  );
}
