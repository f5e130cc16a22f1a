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

/** What comments are about: an idea or a view. */
export type CommentsOn = { idea: number } | { view: number };

const idOf = (on: CommentsOn) => ('idea' in on ? on.idea : on.view);
const commentsKey = (id: number) => ['comments', id] as const;

async function listComments(on: CommentsOn, signal: AbortSignal) {
  const { comments } = await ('idea' in on
    ? send(client.GET('/ideas/{idea}/comments', { params: { path: { idea: String(on.idea) } }, signal }))
    : send(client.GET('/views/{view}/comments', { params: { path: on }, signal })));
  return comments ?? [];
}

function addComment(on: CommentsOn, body: string) {
  return 'idea' in on
    ? send(
        client.POST('/ideas/{idea}/comments', {
          params: { path: { idea: String(on.idea) } },
          body: { body },
        }),
      )
    : send(client.POST('/views/{view}/comments', { params: { path: on }, body: { body } }));
}

/** The comments on an idea or a view, followed while anybody writes. */
export function useComments(on: CommentsOn) {
  const id = idOf(on);
  const { session } = useProject();
  const queries = useQueryClient();
  useEffect(
    () =>
      session.stream.listen((event) => {
        const concerns =
          event.kind === 'reset' ||
          event.set.bulk !== undefined ||
          event.set.changes.some((change) => change.kind === 'comment');
        if (concerns) void queries.invalidateQueries({ queryKey: commentsKey(id) });
      }),
    [session, queries, id],
  );
  return useQuery({
    queryKey: commentsKey(id),
    queryFn: ({ signal }) => listComments(on, signal),
  });
}

/** What people said about an idea or a view, oldest first, and a place to add to it. */
export function Comments({ on }: { on: CommentsOn }) {
  const { project } = useProject();
  const { data, error, refetch } = useComments(on);
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
          draftKey={`cairn.comment.${idOf(on)}`}
          onSubmit={async (body) => {
            await addComment(on, body);
            await refetch();
          }}
        />
      ) : (
        <p className={css.none}>{t('idea.comments.locked')}</p>
      )}
    </div>
  );
}
