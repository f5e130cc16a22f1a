import '@/lib/messages/later/chances.ts';
import { X } from 'lucide-react';
import { useEffect, useMemo, useState } from 'react';
import { t } from '@/lib/i18n.ts';
import type { CutLine } from '@/sync/certainty.ts';
import { useProject } from '@/sync/project.tsx';
import type { Query } from '@/sync/types.ts';
import { IconButton } from '@/ui/Button.tsx';
import { Skeleton } from '@/ui/Skeleton.tsx';
import { Slider } from '@/ui/Slider.tsx';
import { Tabs } from '@/ui/Tabs.tsx';
import type { RowMarks } from '@/views/types.ts';
import { Chances } from './Chances.tsx';
import { Compare } from './Compare.tsx';
import { Cut, useCut } from './Cut.tsx';
import css from './certainty.module.css';
import { Learn } from './Learn.tsx';
import { marksOf } from './marks.ts';
import { type CertaintyShared, useRanking } from './use-certainty.ts';
import { Weights } from './Weights.tsx';

/** Props of CertaintyPanel. */
export interface CertaintyPanelProps {
  query: Query;
  /** Changes with the project's ideas. */
  seq: number;
  onClose: () => void;
  onOpen: (key: string) => void;
  /** How many ideas the top has. */
  top: number;
  onTop: (top: number) => void;
  /** Told what the rows of the view show of it; undefined when nothing any more. */
  onMarks: (marks: RowMarks | undefined) => void;
}

/** How sure the order of a view is, beside it: in words and small pictures. */
export default function CertaintyPanel({
  query,
  seq,
  onClose,
  onOpen,
  top: asked,
  onTop,
  onMarks,
}: CertaintyPanelProps) {
  const { project, field } = useProject();
  const [top, setTop] = useState(asked);
  const [tab, setTab] = useState('chances');
  const question = { project: project.key, query, top: asked };
  const { ranking, ties, nameOf, named } = useRanking(question, seq);
  const by = field(query.sort?.[0]?.field ?? '');
  const { data, error } = ranking;
  const shared: CertaintyShared = {
    question,
    seq,
    nameOf,
    named,
    open: (key, at) => openAt(onOpen, key, at),
  };
  const [cutSeen, setCutSeen] = useState<'wanted'>();
  const cut = useCut(question, seq, by ? cutSeen : undefined);
  useMarks(by && data && ties.data, cut.data, onMarks);
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
      {by && !error && !data && (
        <>
          <p className={css.note} role="status">
            {t('certainty.drawing')}
          </p>
          <Skeleton width="100%" height="240px" />
        </>
      )}
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
              onValueCommit={onTop}
            />
          </div>
          <Tabs
            label={t('certainty.title')}
            value={tab}
            onValueChange={(next) => {
              setTab(next);
              if (next === 'cut') setCutSeen('wanted');
            }}
            tabs={[
              { id: 'chances', label: t('certainty.chances'), content: <Chances {...shared} data={data} /> },
              { id: 'learn', label: t('certainty.learn'), content: <Learn {...shared} data={data} /> },
              ...(weighted
                ? [{ id: 'weights', label: t('certainty.weights'), content: <Weights {...shared} by={by} /> }]
                : []),
              { id: 'cut', label: t('certainty.cut'), content: <Cut {...shared} cut={cut} /> },
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

/** Draws the answers at the rows of the view for as long as the panel is there. */
function useMarks(
  ties: readonly number[][] | undefined,
  cut: CutLine | undefined,
  onMarks: (marks: RowMarks | undefined) => void,
): void {
  const marks = useMemo(() => {
    return ties && marksOf(ties, cut?.ideas ?? undefined);
  }, [ties, cut]);
  useEffect(() => onMarks(marks), [marks, onMarks]);
  useEffect(() => () => onMarks(undefined), [onMarks]);
}
