import { Check } from 'lucide-react';
import { t } from '@/lib/i18n.ts';
import { useProject } from '@/sync/project.tsx';
import { Button } from '@/ui/Button.tsx';
import { Icon } from '@/ui/Icon.tsx';
import { toastFailure } from '@/ui/Toast.tsx';
import css from './Capture.module.css';

/** An idea that was added while the window was open. */
export interface AddedIdea {
  key: string;
  title: string;
  /** What undo takes back. */
  group: string;
}

interface AddedProps {
  /** The newest first. */
  ideas: readonly AddedIdea[];
  onOpen: (key: string) => void;
  /** Called when an idea was taken back. */
  onGone: (key: string) => void;
}

/** What was added so far, each with a way to it and a way back. */
export function Added({ ideas, onOpen, onGone }: AddedProps) {
  const { session } = useProject();
  const [newest] = ideas;
  const undo = async ({ key, group }: AddedIdea) => {
    try {
      await session.undoGroup(group);
      onGone(key);
    } catch (error) {
      toastFailure(error);
    }
  };
  return (
    <>
      <p className="visually-hidden" role="status">
        {newest && t('capture.added', { key: newest.key, title: newest.title })}
      </p>
      {ideas.length > 0 && (
        <ul className={css.added} aria-label={t('capture.addedList')}>
          {ideas.map((idea) => (
            <li key={idea.key} className={css.addedLine}>
              <Icon of={Check} size={14} className={css.tick} />
              <button type="button" className={css.addedLink} onClick={() => onOpen(idea.key)}>
                <span className={css.addedKey}>{idea.key}</span>
                <span className={css.addedTitle}>{idea.title}</span>
              </button>
              <Button tone="ghost" onClick={() => void undo(idea)}>
                {t('ui.undo')}
              </Button>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
