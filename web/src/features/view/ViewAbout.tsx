import { Info, Lock, X } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { t } from '@/lib/i18n.ts';
import { readStored, writeStored } from '@/lib/storage.ts';
import type { View } from '@/sync/types.ts';
import { IconButton } from '@/ui/Button.tsx';
import { Icon } from '@/ui/Icon.tsx';
import { Tooltip } from '@/ui/Tooltip.tsx';
import css from './view.module.css';

/** Whether a view's description is in sight. */
export interface About {
  /** There is one. */
  there: boolean;
  shown: boolean;
  show: (shown: boolean) => void;
}

/** The description of a view, folded away or not; this browser remembers which. */
export function useAbout({ id, description }: View): About {
  const key = `cairn.about.${id}`;
  const [hidden, setHidden] = useState(() => readStored(key) === 'hidden');
  const there = (description ?? '').trim() !== '';
  return {
    there,
    shown: there && !hidden,
    show: (shown) => {
      setHidden(!shown);
      writeStored(key, shown ? null : 'hidden');
    },
  };
}

/** What stands beside the name: that the view is locked, and the way to its description. */
export function ViewMarks({ view, about }: { view: View; about: About }) {
  return (
    <>
      {view.locked && (
        <Tooltip content={t('view.lockedWhy')}>
          <span className={css.mark} role="img" aria-label={t('view.lockedWhy')}>
            <Icon of={Lock} size={14} />
          </span>
        </Tooltip>
      )}
      {about.there && !about.shown && (
        <IconButton label={t('view.about.show')} icon={Info} size="tiny" onClick={() => about.show(true)} />
      )}
    </>
  );
}

/** The description under the header. */
export function ViewAbout({ about, children }: { about: About; children: ReactNode }) {
  return (
    <section className={css.about} aria-label={t('view.description')}>
      <div className={css.aboutText}>{children}</div>
      <IconButton label={t('view.about.hide')} icon={X} size="tiny" onClick={() => about.show(false)} />
    </section>
  );
}
