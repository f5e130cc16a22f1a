import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { formatNumber } from '@/lib/format.ts';
import { t } from '@/lib/i18n.ts';
import { type ComparedIdea, rankCompare } from '@/sync/certainty.ts';
import { useProject } from '@/sync/project.tsx';
import type { FieldInfo } from '@/sync/types.ts';
import { Select } from '@/ui/Select.tsx';
import css from './certainty.module.css';
import type { CertaintyShared } from './use-certainty.ts';

/** How many ranks are drawn on each side, and the height of one, in px. */
const [ranks, step] = [20, 22];

/** The same ideas ranked by two fields: lines between their ranks, what moved, and why. */
export function Compare({ by, question, seq, nameOf, open }: CertaintyShared & { by: FieldInfo }) {
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
  const { data = [], error } = useQuery({
    queryKey: ['certainty-compare', question, seq, other],
    queryFn: ({ signal }) => rankCompare(question, other, signal),
    enabled: other !== '',
    placeholderData: (last) => last,
    retry: false,
  });
  const shown = data.filter((idea) => idea.from > 0 && idea.to > 0);
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
      <Slopes ideas={shown} left={by.name} right={field(other)?.name ?? ''} />
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

/** Lines from rank to rank; the list below says the same in words. */
function Slopes({ ideas, left, right }: { ideas: readonly ComparedIdea[]; left: string; right: string }) {
  const y = (rank: number) => (Math.min(rank, ranks + 1) - 0.5) * step;
  const numbers = Array.from({ length: ranks }, (_, at) => at + 1);
  return (
    <figure className={css.slopes}>
      <figcaption className={css.slopeHead}>
        <span>{left}</span>
        <span>{right}</span>
      </figcaption>
      <svg viewBox={`0 0 400 ${(ranks + 1) * step}`} aria-hidden="true">
        {numbers.map((rank) => (
          <g key={rank} className={css.slopeRank}>
            <text x="14" y={y(rank) + 4} textAnchor="end">
              {rank}
            </text>
            <text x="386" y={y(rank) + 4}>
              {rank}
            </text>
          </g>
        ))}
        {ideas.map((idea) => (
          <line
            key={idea.id}
            className={css.slope}
            data-up={idea.to < idea.from || undefined}
            data-far={Math.max(idea.from, idea.to) > ranks || undefined}
            data-same={idea.to === idea.from || undefined}
            x1="24"
            x2="376"
            y1={y(idea.from)}
            y2={y(idea.to)}
          />
        ))}
      </svg>
    </figure>
  );
}
