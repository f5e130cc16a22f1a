import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { formatNumber } from '@/lib/format.ts';
import { t } from '@/lib/i18n.ts';
import { type ComparedIdea, rankCompare } from '@/sync/certainty.ts';
import { useProject } from '@/sync/project.tsx';
import type { FieldInfo } from '@/sync/types.ts';
import { Select } from '@/ui/Select.tsx';
import css from './certainty.module.css';
import { type CertaintyShared, useNamed } from './use-certainty.ts';

/** How many ranks are drawn on each side, and the height of one, in px. */
const [ranks, step] = [20, 26];

/** The same ideas ranked by two fields, side by side: lines between their ranks, what moved, and why. */
export function Compare({ by, ...shared }: CertaintyShared & { by: FieldInfo }) {
  const { question, seq, nameOf, open } = shared;
  const { allFields, field } = useProject();
  const others = allFields.filter(
    (each) =>
      each.id !== undefined &&
      each.ref !== by.ref &&
      ['formula', 'number', 'rating', 'slider'].includes(each.type),
  );
  const [other, setOther] = useState(
    () => (others.find((each) => each.type === 'formula') ?? others[0])?.ref ?? '',
  );
  const { data, error } = useQuery({
    queryKey: ['certainty-compare', question, seq, other],
    queryFn: ({ signal }) => rankCompare(question, other, signal),
    enabled: other !== '',
    placeholderData: (last) => last,
    retry: false,
  });
  const ids = useMemo(() => (data ?? []).map((idea) => idea.id), [data]);
  useNamed(shared, ids);
  const shown = (data ?? []).filter((idea) => idea.from > 0 && idea.to > 0);
  const moved = shown
    .filter((idea) => idea.from !== idea.to)
    .sort((a, b) => Math.abs(Math.log(b.from / b.to)) - Math.abs(Math.log(a.from / a.to)))
    .slice(0, 10);
  return (
    <>
      <div className={css.form}>
        <span className={css.with}>{t('certainty.with', { field: by.name })}</span>
        <Select
          aria-label={t('certainty.other')}
          options={others.map((each) => ({ value: each.ref, label: each.name }))}
          value={other}
          onValueChange={setOther}
        />
      </div>
      {error && <p className={css.note}>{error.message}</p>}
      {other === '' && <p className={css.note}>{t('certainty.noOther')}</p>}
      {data && <Slopes {...shared} ideas={shown} left={by.name} right={field(other)?.name ?? ''} />}
      {data && moved.length === 0 && <p className={css.note}>{t('certainty.nothingMoves')}</p>}
      <ol className={css.lessons}>
        {moved.map((idea) => (
          <li key={idea.id}>
            <button type="button" className={css.lesson} onClick={() => open(nameOf(idea.id).key, idea.why)}>
              <strong>{nameOf(idea.id).title}</strong>
              <span>
                {t('certainty.moved', { from: idea.from, to: idea.to })}{' '}
                {idea.why !== undefined &&
                  t('certainty.because', {
                    field: field(idea.why)?.name ?? idea.why,
                    value: idea.value === undefined ? t('certainty.missing') : formatNumber(idea.value),
                    usual: formatNumber(idea.usual ?? 0),
                  })}
              </span>
            </button>
          </li>
        ))}
      </ol>
    </>
  );
}

interface SlopesProps extends CertaintyShared {
  ideas: readonly ComparedIdea[];
  left: string;
  right: string;
}

/** The top of either ranking, and lines from rank to rank; the idea that is pointed at stands out on both sides. */
function Slopes({ ideas, left, right, nameOf, open }: SlopesProps) {
  const [lit, setLit] = useState<number>();
  const y = (rank: number) => (Math.min(rank, ranks + 1) - 0.5) * step;
  const side = (
    label: string,
    rankOf: (idea: ComparedIdea) => number,
    otherOf: (idea: ComparedIdea) => number,
  ) => (
    <ol className={css.side} aria-label={label}>
      {[...ideas]
        .filter((idea) => rankOf(idea) <= ranks)
        .sort((a, b) => rankOf(a) - rankOf(b))
        .map((idea) => {
          const { key, title } = nameOf(idea.id);
          return (
            <li key={idea.id}>
              <button
                type="button"
                className={css.ranked}
                title={t('certainty.rankedHere', { title, rank: rankOf(idea), other: otherOf(idea) })}
                data-lit={lit === idea.id || undefined}
                onClick={() => open(key)}
                onPointerEnter={() => setLit(idea.id)}
                onPointerLeave={() => setLit(undefined)}
                onFocus={() => setLit(idea.id)}
                onBlur={() => setLit(undefined)}
              >
                <span className={css.place}>{formatNumber(rankOf(idea))}</span>
                <span className={css.name}>{title}</span>
              </button>
            </li>
          );
        })}
    </ol>
  );
  return (
    <figure className={css.slopes}>
      <figcaption className={css.slopeHead}>
        <span>{left}</span>
        <span>{right}</span>
      </figcaption>
      {side(
        left,
        (idea) => idea.from,
        (idea) => idea.to,
      )}
      <svg
        viewBox={`0 0 100 ${(ranks + 1) * step}`}
        height={(ranks + 1) * step}
        preserveAspectRatio="none"
        aria-hidden="true"
      >
        {ideas.map((idea) => (
          <line
            key={idea.id}
            className={css.slope}
            data-up={idea.to < idea.from || undefined}
            data-far={Math.max(idea.from, idea.to) > ranks || undefined}
            data-same={idea.to === idea.from || undefined}
            data-lit={lit === idea.id || undefined}
            x1="2"
            x2="98"
            y1={y(idea.from)}
            y2={y(idea.to)}
          />
        ))}
      </svg>
      {side(
        right,
        (idea) => idea.to,
        (idea) => idea.from,
      )}
    </figure>
  );
}
