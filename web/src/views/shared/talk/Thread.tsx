import { CircleCheck, Reply } from 'lucide-react';
import { useRef, useState } from 'react';
import { t } from '@/lib/i18n.ts';
import { hasRole } from '@/sync/facts.ts';
import { useProject } from '@/sync/project.tsx';
import { Button } from '@/ui/Button.tsx';
import { Icon } from '@/ui/Icon.tsx';
import { CommentComposer, type ComposerHandle } from './CommentComposer.tsx';
import { CommentItem } from './CommentItem.tsx';
import css from './talk.module.css';
import { aboutOf } from './talk-calls.ts';
import { commentAnchor, type Thread as ThreadOf } from './threads.ts';

/** Props of Thread. */
export interface ThreadProps {
  thread: ThreadOf;
  onReply: (body: string, to: number) => Promise<void>;
}

/** A comment and its replies; a settled thread is folded to one line. */
export function Thread({ thread, onReply }: ThreadProps) {
  const { first, replies } = thread;
  const { project, person } = useProject();
  const [open, setOpen] = useState(() =>
    [first, ...replies].some(({ id }) => location.hash === `#${commentAnchor(id)}`),
  );
  const [replying, setReplying] = useState(false);
  const composer = useRef<ComposerHandle>(null);
  // Words that wait for the composer, which is there after the next render.
  const [words, setWords] = useState<string>();
  const settled = first.resolvedAt !== undefined;
  if (settled && !open) {
    return (
      <li>
        <button type="button" className={css.settled} aria-expanded={false} onClick={() => setOpen(true)}>
          <Icon of={CircleCheck} />
          <span className={css.settledText}>
            {t('talk.settledLine', {
              name: (first.resolvedBy && person(first.resolvedBy)?.name) || t('idea.somebody'),
              n: replies.length + 1,
            })}
            {' · '}
            {first.body}
          </span>
        </button>
      </li>
    );
  }
  const quote = (text: string) => {
    if (replying) composer.current?.begin(text);
    else {
      setWords(text);
      setReplying(true);
    }
  };
  const done = () => {
    setReplying(false);
    setWords(undefined);
  };
  return (
    <li className={css.thread}>
      <CommentItem comment={first} settled={settled} onQuote={quote} />
      {replies.length > 0 && (
        <ol className={css.replies}>
          {replies.map((reply) => (
            <li key={reply.id}>
              <CommentItem comment={reply} onQuote={quote} />
            </li>
          ))}
        </ol>
      )}
      {hasRole(project.role, 'contributor') && (
        <div className={css.replies} data-reply>
          {replying ? (
            <CommentComposer
              on={aboutOf(first)}
              label={t('talk.writeReply')}
              submit={t('talk.reply')}
              text={words}
              handle={composer}
              onSubmit={(body) => onReply(body, first.id).then(done)}
              onCancel={done}
            />
          ) : (
            <Button tone="ghost" icon={Reply} onClick={() => setReplying(true)} className={css.replyButton}>
              {t('talk.reply')}
            </Button>
          )}
        </div>
      )}
    </li>
  );
}
