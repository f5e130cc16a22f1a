import { useId } from 'react';
import { useLocation, useSearch } from 'wouter';
import { t } from '@/lib/i18n.ts';
import { ideaAddress } from '@/lib/routes.ts';
import type { Idea } from '@/sync/types.ts';
import { Connections } from '@/views/shared/Connections.tsx';
import css from './IdeaPanel.module.css';

/** The ideas that this one is connected with. */
export function Links({ idea }: { idea: Idea }) {
  const [path, go] = useLocation();
  const search = useSearch();
  const heading = useId();
  return (
    <section className={css.links} aria-labelledby={heading}>
      <h2 id={heading} className={css.linksTitle}>
        {t('links.section')}
      </h2>
      <Connections key={idea.id} idea={idea.id} onOpen={(key) => go(ideaAddress(key, path, search))} />
    </section>
  );
}
