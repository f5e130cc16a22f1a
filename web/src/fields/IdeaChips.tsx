import { EyeOff } from 'lucide-react';
import { t } from '@/lib/i18n.ts';
import { Icon } from '@/ui/Icon.tsx';
import css from './fields.module.css';
import { useMentions } from './use-mentions.ts';

/** Ideas by key and title; one that the reader may not see says that it is there. */
export function IdeaChips({ ids }: { ids: readonly number[] }) {
  const known = useMentions(ids);
  const shown = ids.filter((id) => !known.get(id)?.gone);
  return (
    <span className={css.ideas}>
      {shown.map((id) => {
        const idea = known.get(id);
        if (idea?.hidden)
          return (
            <span key={id} className={css.idea} data-hidden="">
              <Icon of={EyeOff} size={12} />
              {t('field.hiddenIdea')}
            </span>
          );
        return (
          <span key={id} className={css.idea} data-archived={idea?.archived || undefined}>
            <span className={css.ideaKey}>{idea?.key ?? '…'}</span>{' '}
            <span className={css.ideaTitle}>{idea?.title}</span>
          </span>
        );
      })}
    </span>
  );
}
