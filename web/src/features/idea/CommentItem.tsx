import { useQueryClient } from '@tanstack/react-query';
import { Ellipsis } from 'lucide-react';
import { useState } from 'react';
import { client, send } from '@/api/client.ts';
import type { components } from '@/api/schema.d.ts';
import { formatMoment, formatRelative } from '@/lib/format.ts';
import { t } from '@/lib/i18n.ts';
import { newGroup } from '@/sync/calls.ts';
import { hasRole } from '@/sync/facts.ts';
import { useProject } from '@/sync/project.tsx';
import { Avatar } from '@/ui/Avatar.tsx';
import { IconButton } from '@/ui/Button.tsx';
import { Menu } from '@/ui/Menu.tsx';
import { toast } from '@/ui/Toast.tsx';
import { Markdown } from '@/views/shared/markdown/Markdown.tsx';
import { CommentComposer } from './CommentComposer.tsx';
import css from './Comments.module.css';

type Comment = components['schemas']['Comment'];

/** One comment with its author; its author may edit it, project administrators may delete it. */
export function CommentItem({ comment }: { comment: Comment }) {
  const { person, me, project, session } = useProject();
  const queries = useQueryClient();
  const [editing, setEditing] = useState(false);
  const author = comment.author ? person(comment.author)?.name : undefined;
  const name = author ?? comment.authorName ?? t('idea.somebody');
  const own = comment.author === me.id;
  const reload = () => queries.invalidateQueries({ queryKey: ['comments', comment.idea ?? comment.view] });
  const remove = async () => {
    const group = newGroup();
    const params = { path: { comment: comment.id } };
    try {
      await send(client.DELETE('/comments/{comment}', { params, headers: { 'Cairn-Group': group } }));
    } catch (error) {
      toast({ title: error instanceof Error ? error.message : String(error), tone: 'error' });
      return;
    }
    await reload();
    toast({
      title: t('idea.comments.deleted'),
      undo: () => void session.undoGroup(group).then(reload).catch(tell),
    });
  };
  const save = async (body: string) => {
    const params = { path: { comment: comment.id } };
    await send(client.PATCH('/comments/{comment}', { params, body: { body, version: comment.version } }));
    await reload();
    setEditing(false);
  };
  return (
    <li className={css.comment}>
      <Avatar name={name} size={24} decorative />
      <div className={css.content}>
        <header className={css.head}>
          <strong>{name}</strong>
          {!author && comment.authorName && <span className={css.quiet}>{t('idea.comments.imported')}</span>}
          <time className={css.quiet} dateTime={comment.createdAt} title={formatMoment(comment.createdAt)}>
            {formatRelative(comment.createdAt)}
          </time>
          {comment.editedAt && (
            <span className={css.quiet} title={formatMoment(comment.editedAt)}>
              {t('idea.comments.edited')}
            </span>
          )}
          {(own || hasRole(project.role, 'admin')) && !editing && (
            <span className={css.menu}>
              <Menu
                align="end"
                trigger={<IconButton size="tiny" label={t('idea.comments.more', { name })} icon={Ellipsis} />}
                items={[
                  ...(own
                    ? [{ id: 'edit', label: t('idea.comments.edit'), onSelect: () => setEditing(true) }]
                    : []),
                  {
                    id: 'delete',
                    label: t('idea.comments.delete'),
                    danger: true,
                    onSelect: () => void remove(),
                  },
                ]}
              />
            </span>
          )}
        </header>
        {editing ? (
          <CommentComposer
            label={t('idea.comments.edit')}
            submit={t('ui.save')}
            text={comment.body}
            onSubmit={save}
            onCancel={() => setEditing(false)}
          />
        ) : (
          <Markdown text={comment.body} />
        )}
      </div>
    </li>
  );
}

function tell(error: unknown): void {
  toast({ title: error instanceof Error ? error.message : String(error), tone: 'error' });
}
