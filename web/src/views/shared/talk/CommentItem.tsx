import { Ellipsis } from 'lucide-react';
import { type RefObject, useEffect, useRef, useState } from 'react';
import { formatMoment, formatRelative } from '@/lib/format.ts';
import { t } from '@/lib/i18n.ts';
import { hasRole } from '@/sync/facts.ts';
import { useProject } from '@/sync/project.tsx';
import { Avatar } from '@/ui/Avatar.tsx';
import { IconButton } from '@/ui/Button.tsx';
import { Menu, type MenuEntry } from '@/ui/Menu.tsx';
import { toast } from '@/ui/Toast.tsx';
import { NewDot } from '@/views/shared/fresh.tsx';
import { Markdown } from '@/views/shared/markdown/Markdown.tsx';
import { CommentComposer } from './CommentComposer.tsx';
import css from './Comments.module.css';
import { ReactionPicker, Reactions } from './Reactions.tsx';
import talk from './talk.module.css';
import { aboutOf } from './talk-calls.ts';
import { type Comment, commentAnchor, quoteOf } from './threads.ts';
import { useTalk } from './use-talk.ts';
import { Wordings } from './Wordings.tsx';

/** Props of CommentItem. */
export interface CommentItemProps {
  comment: Comment;
  /** Its thread is settled, or may be; absent for replies. */
  settled?: boolean;
  /** Begins a reply with these words. */
  onQuote: (words: string) => void;
}

/** One comment: its author may edit it, project administrators may delete it, everybody who takes part answers it. */
export function CommentItem({ comment, settled, onQuote }: CommentItemProps) {
  const { project, me } = useProject();
  const [editing, setEditing] = useState(false);
  const [wordings, setWordings] = useState(false);
  const item = useRef<HTMLElement>(null);
  const may = hasRole(project.role, 'contributor');
  const author = useAuthor(comment);
  const { react, settle, save, tick, remove } = useTalk(comment);
  useArrival(item, comment.id);
  if (comment.deleted) {
    return (
      <article className={css.comment} id={commentAnchor(comment.id)} ref={item}>
        <p className={talk.empty}>{t('talk.deleted')}</p>
      </article>
    );
  }
  return (
    <article
      className={css.comment}
      id={commentAnchor(comment.id)}
      ref={item}
      tabIndex={-1}
      aria-label={t('talk.by', { name: author })}
    >
      <Avatar name={author} size={24} decorative />
      <div className={css.content}>
        <Head comment={comment} onWordings={() => setWordings(true)}>
          {!editing && may && <ReactionPicker onReact={(emoji) => void react(emoji, true)} />}
          {!editing && (
            <More
              comment={comment}
              settled={settled}
              onEdit={() => setEditing(true)}
              onWordings={() => setWordings(true)}
              onSettle={(to) => void settle(to)}
              onDelete={() => void remove()}
              onQuote={() => onQuote(quoteOf(comment.body, selectedIn(item.current)))}
            />
          )}
        </Head>
        {editing ? (
          <CommentComposer
            on={aboutOf(comment)}
            label={t('idea.comments.edit')}
            submit={t('ui.save')}
            text={comment.body}
            onSubmit={(body) => save(body).then(() => setEditing(false))}
            onCancel={() => setEditing(false)}
          />
        ) : (
          <Markdown
            text={comment.body}
            onTick={may && comment.author === me.id ? (at, done) => void tick({ at, done }) : undefined}
          />
        )}
        <Reactions reactions={comment.reactions} may={may} onReact={(emoji, on) => void react(emoji, on)} />
      </div>
      {wordings && <Wordings comment={comment.id} onClose={() => setWordings(false)} />}
    </article>
  );
}

/** Goes to the comment that the address names, once. */
function useArrival(item: RefObject<HTMLElement | null>, id: number) {
  useEffect(() => {
    if (location.hash !== `#${commentAnchor(id)}`) return;
    item.current?.scrollIntoView({ block: 'center' });
    item.current?.focus({ preventScroll: true });
  }, [item, id]);
}

/** What is selected within an element. */
function selectedIn(element: Element | null): string {
  const selection = getSelection();
  return selection?.anchorNode && element?.contains(selection.anchorNode) ? selection.toString() : '';
}

function useAuthor(comment: Comment): string {
  const { person } = useProject();
  return (
    (comment.author ? person(comment.author)?.name : undefined) ?? comment.authorName ?? t('idea.somebody')
  );
}

interface HeadProps {
  comment: Comment;
  onWordings: () => void;
  children: React.ReactNode;
}

function Head({ comment, onWordings, children }: HeadProps) {
  const { person, me } = useProject();
  const known = comment.author !== undefined && person(comment.author) !== undefined;
  return (
    <header className={css.head}>
      <strong>{useAuthor(comment)}</strong>
      {!known && comment.authorName && <span className={css.quiet}>{t('idea.comments.imported')}</span>}
      <time className={css.quiet} dateTime={comment.createdAt} title={formatMoment(comment.createdAt)}>
        {formatRelative(comment.createdAt)}
      </time>
      <NewDot author={comment.author} at={comment.createdAt} me={me.id} />
      {comment.editedAt && (
        <button
          type="button"
          className={css.edited}
          title={formatMoment(comment.editedAt)}
          onClick={onWordings}
        >
          {t('idea.comments.edited')}
        </button>
      )}
      <span className={css.menu}>{children}</span>
    </header>
  );
}

interface MoreProps {
  comment: Comment;
  settled: boolean | undefined;
  onEdit: () => void;
  onWordings: () => void;
  onSettle: (settled: boolean) => void;
  onDelete: () => void;
  onQuote: () => void;
}

function More({ comment, settled, ...on }: MoreProps) {
  const { me, project } = useProject();
  const own = comment.author === me.id;
  const may = hasRole(project.role, 'contributor');
  const link = async () => {
    const address = new URL(location.href);
    address.hash = commentAnchor(comment.id);
    await navigator.clipboard.writeText(address.href);
    toast({ title: t('talk.linkCopied') });
  };
  const items: (MenuEntry | false)[] = [
    may && { id: 'quote', label: t('talk.quote'), onSelect: on.onQuote },
    { id: 'link', label: t('talk.copyLink'), onSelect: () => void link() },
    may &&
      settled !== undefined && {
        id: 'settle',
        label: t(settled ? 'talk.reopen' : 'talk.settle'),
        onSelect: () => on.onSettle(!settled),
      },
    comment.editedAt !== undefined && { id: 'wordings', label: t('talk.wordings'), onSelect: on.onWordings },
    own && may && { id: 'edit', label: t('idea.comments.edit'), onSelect: on.onEdit },
    ((own && may) || hasRole(project.role, 'admin')) && {
      id: 'delete',
      label: t('idea.comments.delete'),
      danger: true,
      onSelect: on.onDelete,
    },
  ];
  return (
    <Menu
      align="end"
      trigger={
        <IconButton
          size="tiny"
          label={t('idea.comments.more', { name: useAuthor(comment) })}
          icon={Ellipsis}
        />
      }
      items={items.filter((item) => item !== false)}
    />
  );
}
