import { t } from '@/lib/i18n.ts';
import type { View } from '@/sync/types.ts';
import { Comments } from '@/views/shared/talk/Comments.tsx';
import css from './IdeaPanel.module.css';
import { PanelBar } from './IdeaStates.tsx';

/** The comments on a view, beside it. */
export default function ViewThread({ view, onClose }: { view: View; onClose: () => void }) {
  return (
    <div className={css.panel}>
      <PanelBar label={t('idea.comments.onView', { name: view.name })} onClose={onClose} />
      <div className={css.thread}>
        <Comments on={{ view: view.id }} />
      </div>
    </div>
  );
}
