import { useState } from 'react';
import { t } from '@/lib/i18n.ts';
import { mayChangeView } from '@/sync/facts.ts';
import { useProject } from '@/sync/project.tsx';
import type { View } from '@/sync/types.ts';
import { useViewWriter } from '@/sync/use-views.ts';
import { toastFailure } from '@/ui/Toast.tsx';
import css from './view.module.css';

/** The view's name, edited in its place. */
export function ViewName({ view }: { view: View }) {
  const { project } = useProject();
  const writer = useViewWriter();
  const [typed, setTyped] = useState<string>();
  if (!mayChangeView(view, project.role)) return <h1 className={css.name}>{view.name}</h1>;
  const save = async () => {
    const name = (typed ?? '').trim();
    setTyped(undefined);
    if (name === '' || name === view.name) return;
    try {
      await writer.patch(view.id, { name, version: view.version });
    } catch (error) {
      toastFailure(error);
      setTyped(name);
    }
  };
  if (typed === undefined) {
    return (
      <h1 className={css.name}>
        <button
          type="button"
          className={css.nameButton}
          title={t('view.rename')}
          onClick={() => setTyped(view.name)}
        >
          {view.name}
        </button>
      </h1>
    );
  }
  return (
    <h1 className={css.nameEdit}>
      <input
        // biome-ignore lint/a11y/noAutofocus: it appears because somebody clicked the name
        autoFocus
        className={css.nameInput}
        aria-label={t('view.name')}
        value={typed}
        maxLength={120}
        onFocus={(event) => event.target.select()}
        onChange={(event) => setTyped(event.target.value)}
        onBlur={() => void save()}
        onKeyDown={(event) => {
          if (event.key === 'Enter') event.currentTarget.blur();
          else if (event.key === 'Escape') setTyped(undefined);
        }}
      />
    </h1>
  );
}
