import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { client, send } from '@/api/client.ts';
import { t } from '@/lib/i18n.ts';
import { hasRole } from '@/sync/facts.ts';
import { useProject } from '@/sync/project.tsx';
import { Banner } from '@/ui/Banner.tsx';
import { Button } from '@/ui/Button.tsx';
import { Skeleton } from '@/ui/Skeleton.tsx';
import { CommentComposer } from './CommentComposer.tsx';
import { CommentItem } from './CommentItem.tsx';
import css from './Comments.module.css';

const commentsKey = (idea: number) => ['comments', idea] as const;

/** The comments of an idea, followed while anybody writes. */
export function useComments(idea: number) {
  const { session } = useProject();
  const queries = useQueryClient();
  useEffect(
    () =>
      session.stream.listen((event) => {
        const concerns =
          event.kind === 'reset' ||
          event.set.bulk !== undefined ||
          event.set.changes.some((change) => change.kind === 'comment');
        if (concerns) void queries.invalidateQueries({ queryKey: commentsKey(idea) });
      }),
    [session, queries, idea],
  );
  return useQuery({
    queryKey: commentsKey(idea),
    queryFn: async ({ signal }) => {
      const path = { idea: String(idea) };
      const { comments } = await send(client.GET('/ideas/{idea}/comments', { params: { path }, signal }));
      return comments ?? [];
    },
  });
}

/** What people said about an idea, oldest first, and a place to add to it. */
export function Comments({ idea }: { idea: number }) {
  const { project } = useProject();
  const { data, error, refetch } = useComments(idea);
  const mayComment = hasRole(project.role, 'contributor');
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
      {data && data.length > 0 && (
        <ol className={css.list}>
          {data.map((comment) => (
            <CommentItem key={comment.id} comment={comment} />
          ))}
        </ol>
      )}
      {data?.length === 0 && !mayComment && <p className={css.none}>{t('idea.comments.none')}</p>}
      {mayComment ? (
        <CommentComposer
          label={t('idea.comments.write')}
          submit={t('idea.comments.add')}
          draftKey={`cairn.comment.${idea}`}
          onSubmit={async (body) => {
            const path = { idea: String(idea) };
            await send(client.POST('/ideas/{idea}/comments', { params: { path }, body: { body } }));
            await refetch();
          }}
        />
      ) : (
        <p className={css.none}>{t('idea.comments.locked')}</p>
      )}
    </div>
  );
}
