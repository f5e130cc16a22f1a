import { t } from '@/lib/i18n.ts';
import { useProject } from '@/sync/project.tsx';
import css from './Fields.module.css';
import type { Touch } from './idea-doc.ts';

/** Says who has just changed what stands above; nothing when nobody has. */
export function TouchNote({ touch }: { touch: Touch | undefined }) {
  const { person } = useProject();
  if (!touch) return null;
  const name = touch.by === undefined ? undefined : person(touch.by)?.name;
  return (
    <span className={css.touched} role="status">
      {t('idea.changedBy', { name: name ?? t('idea.somebody') })}
    </span>
  );
}
