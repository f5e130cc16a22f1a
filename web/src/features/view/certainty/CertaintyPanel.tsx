import { X } from 'lucide-react';
import { useState } from 'react';
import { t } from '@/lib/i18n.ts';
import { useProject } from '@/sync/project.tsx';
import type { Query } from '@/sync/types.ts';
import { IconButton } from '@/ui/Button.tsx';
import { Skeleton } from '@/ui/Skeleton.tsx';
import { Slider } from '@/ui/Slider.tsx';
import { Tabs } from '@/ui/Tabs.tsx';
import { Chances } from './Chances.tsx';
import { Compare } from './Compare.tsx';
import { Cut } from './Cut.tsx';
import css from './certainty.module.css';
import { Learn } from './Learn.tsx';
import { type CertaintyShared, useRanking } from './use-certainty.ts';
import { Weights } from './Weights.tsx';

/** Props of CertaintyPanel. */
export interface CertaintyPanelProps {
  query: Query;
  /** Changes with the project's ideas. */
  seq: number;
  onClose: () => void;
  onOpen: (key: string) => void;
}

/** How sure the order of a view is, beside it: in words and small pictures. */
export default function CertaintyPanel({ query, seq, onClose, onOpen }: CertaintyPanelProps) {
  const { project, field } = useProject();
  const [top, setTop] = useState(10);
  const [asked, setAsked] = useState(10);
  const [tab, setTab] = useState('chances');
  const question = { project: project.key, query, top: asked };
  const { ranking, nameOf } = useRanking(question, seq);
  const by = field(query.sort?.[0]?.field ?? '');
  const { data, error } = ranking;
  const shared: CertaintyShared = { question, seq, nameOf, open: (key, at) => openAt(onOpen, key, at) };
  const weighted = by?.formula?.kind === 'weighted';
  return (
    <section className={css.root} aria-label={t('certainty.title')}>
      <header className={css.head}>
        <h2 className={css.title}>{t('certainty.title')}</h2>
        <span className={css.state} role="status">
          {ranking.isFetching && data ? t('certainty.updating') : ''}
        </span>
        <IconButton label={t('certainty.close')} icon={X} size="tiny" onClick={onClose} />
      </header>
      {!by && <p className={css.note}>{t('certainty.unsorted')}</p>}
      {by && error && (
        <p role="alert" className={css.note}>
          {error.message}
        </p>
      )}
      {by && !error && !data && <Skeleton width="100%" height="240px" />}
      {by && data && !error && (
        <>
          <p className={css.note}>
            {data.uncertain === 0
              ? t('certainty.allSure', { field: by.name })
              : t('certainty.some', { field: by.name, n: data.uncertain, of: data.ranked })}
          </p>
          <div className={css.top}>
            <span>{t('certainty.top', { n: top })}</span>
            <Slider
              aria-label={t('certainty.topLabel')}
              value={top}
              min={1}
              max={Math.max(2, Math.min(50, data.ranked))}
              onValueChange={setTop}
              onValueCommit={setAsked}
            />
          </div>
          <Tabs
            label={t('certainty.title')}
            value={tab}
            onValueChange={setTab}
            tabs={[
              { id: 'chances', label: t('certainty.chances'), content: <Chances {...shared} data={data} /> },
              { id: 'learn', label: t('certainty.learn'), content: <Learn {...shared} data={data} /> },
              ...(weighted
                ? [{ id: 'weights', label: t('certainty.weights'), content: <Weights {...shared} /> }]
                : []),
              { id: 'cut', label: t('certainty.cut'), content: <Cut {...shared} /> },
              { id: 'compare', label: t('certainty.compare'), content: <Compare {...shared} by={by} /> },
            ]}
          />
        </>
      )}
    </section>
  );
}

/** Opens an idea, and moves the focus to one of its fields once it is there. */
function openAt(open: (key: string) => void, key: string, field?: string): void {
  open(key);
  if (!field) return;
  let left = 120;
  const look = () => {
    const name = document.getElementById(`idea-field-${field}`);
    const value = name?.closest('div')?.querySelector('button');
    if (value) {
      value.scrollIntoView({ block: 'center' });
      value.focus();
    } else if (left-- > 0) requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}
