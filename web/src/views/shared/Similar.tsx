import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useEffect, useState } from 'react';
import { client, send } from '@/api/client.ts';
import type { components } from '@/api/schema.d.ts';
import { t } from '@/lib/i18n.ts';
import css from './similar.module.css';

type SimilarIdea = components['schemas']['SimilarIdea'];

/** Props of Similar. */
export interface SimilarProps {
  project: string;
  title: string;
  onOpen: (key: string) => void;
  /** Around the ideas, if there are any. */
  children?: (ideas: ReactNode) => ReactNode;
}

const enough = 4;
const pause = 200;

/** Ideas whose words are like those of the title that is being typed, so that nothing is taken down twice. */
export function Similar({ project, title, onOpen, children = (ideas) => ideas }: SimilarProps) {
  const typed = title.trim();
  const [asked, setAsked] = useState('');
  useEffect(() => {
    const timer = setTimeout(() => setAsked(typed), pause);
    return () => clearTimeout(timer);
  }, [typed]);
  const { data } = useQuery<SimilarIdea[]>({
    queryKey: ['similar', project, asked],
    enabled: asked.length >= enough,
    placeholderData: (last) => last,
    queryFn: async ({ signal }) => {
      const body = { title: asked.slice(0, 1000), typing: true, limit: 4, everywhere: true };
      const params = { path: { project } };
      return (await send(client.POST('/projects/{project}/similar', { params, body, signal }))).ideas ?? [];
    },
  });
  if (typed.length < enough || !data || data.length === 0) return null;
  return children(
    <section className={css.similar} aria-label={t('capture.similar')}>
      <p className={css.heading} aria-hidden="true">
        {t('capture.similar')}
      </p>
      <ul>
        {data.map((hit) => (
          <li key={hit.id}>
            <button
              type="button"
              className={css.open}
              title={(hit.words ?? []).join(', ')}
              onClick={() => onOpen(hit.key)}
            >
              <span className={css.key}>{hit.key}</span>
              <span className={css.title}>{hit.title}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>,
  );
}
