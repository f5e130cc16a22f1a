import { SmilePlus } from 'lucide-react';
import { useState } from 'react';
import { t } from '@/lib/i18n.ts';
import { useProject } from '@/sync/project.tsx';
import { IconButton } from '@/ui/Button.tsx';
import { Popover } from '@/ui/Popover.tsx';
import { TextField } from '@/ui/TextField.tsx';
import { Tooltip } from '@/ui/Tooltip.tsx';
import css from './talk.module.css';
import type { Comment } from './threads.ts';

const common = ['👍', '❤️', '🎉', '😄', '🤔', '👀', '🚀', '👎'] as const;

/** Props of Reactions. */
export interface ReactionsProps {
  reactions: Comment['reactions'];
  /** The reader may add and take back their own. */
  may: boolean;
  onReact: (emoji: string, on: boolean) => void;
}

/** The emoji that people answered with; pressing one joins in or steps back. */
export function Reactions({ reactions, may, onReact }: ReactionsProps) {
  const { me, person } = useProject();
  if (!reactions?.length) return null;
  return (
    <ul className={css.reactions} aria-label={t('talk.reactions')}>
      {reactions.map(({ emoji, people }) => {
        const who = people ?? [];
        const own = who.includes(me.id);
        const names = who.map((id) => person(id)?.name ?? t('idea.somebody')).join(', ');
        return (
          <li key={emoji}>
            <Tooltip content={names}>
              <button
                type="button"
                className={css.reaction}
                aria-pressed={own}
                aria-label={t('talk.reaction', { emoji, names })}
                disabled={!may}
                onClick={() => onReact(emoji, !own)}
              >
                <span aria-hidden="true">{emoji}</span>
                {who.length}
              </button>
            </Tooltip>
          </li>
        );
      })}
    </ul>
  );
}

/** Chooses an emoji: one of a few, or any that is typed. */
export function ReactionPicker({ onReact }: { onReact: (emoji: string) => void }) {
  const [open, setOpen] = useState(false);
  const [other, setOther] = useState('');
  const choose = (emoji: string) => {
    setOpen(false);
    setOther('');
    onReact(emoji);
  };
  return (
    <Popover
      label={t('talk.react')}
      align="end"
      open={open}
      onOpenChange={setOpen}
      trigger={<IconButton size="tiny" label={t('talk.react')} icon={SmilePlus} />}
    >
      <div className={css.picker}>
        {common.map((emoji) => (
          <button key={emoji} type="button" className={css.emoji} onClick={() => choose(emoji)}>
            {emoji}
          </button>
        ))}
      </div>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          event.stopPropagation();
          if (other.trim() !== '') choose(other.trim());
        }}
      >
        <TextField
          size="small"
          value={other}
          maxLength={64}
          placeholder={t('talk.otherEmoji')}
          aria-label={t('talk.otherEmoji')}
          onValueChange={setOther}
        />
      </form>
    </Popover>
  );
}
