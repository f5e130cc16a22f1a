import '@/lib/messages/later/presence.ts';
import { formatList } from '@/lib/format.ts';
import { t } from '@/lib/i18n.ts';
import { useHere, usePresent } from '@/sync/presence.ts';
import { AvatarStack } from '@/ui/Avatar.tsx';
import { Tooltip } from '@/ui/Tooltip.tsx';
import css from './presence.module.css';

/** Says that this page shows a view or an idea, and shows who else has it open. */
export default function Present({ at }: { at: { view: number } | { idea: number } }) {
  useHere(at);
  const { people, more } = usePresent(at);
  if (people.length === 0) return null;
  const names = people.map(({ name }) => name);
  const all = formatList(more > 0 ? [...names, t('presence.more', { count: more })] : names);
  const label = t('view' in at ? 'presence.inView' : 'presence.inIdea', { names: all });
  return (
    <Tooltip content={label} side="bottom">
      <span className={css.present} role="img" aria-label={label}>
        <AvatarStack names={names} more={more} decorative />
      </span>
    </Tooltip>
  );
}
