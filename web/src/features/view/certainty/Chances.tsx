import { t } from '@/lib/i18n.ts';
import type { RankedIdea, Ranking } from '@/sync/certainty.ts';
import { Tooltip } from '@/ui/Tooltip.tsx';
import css from './certainty.module.css';
import { type CertaintyShared, listed } from './use-certainty.ts';
import { chanceWords, shortNumber } from './words.ts';

/** Each idea's chance of the top N, where it may stand, and which neighbours are a coin toss apart. */
export function Chances({ data, nameOf, open }: CertaintyShared & { data: Ranking }) {
  const ideas = (data.ideas ?? []).slice(0, listed).filter((idea) => idea.rankLow > 0);
  const most = Math.max(...ideas.map((idea) => idea.rankHigh), data.top + 1);
  const ties = (data.ties ?? []).map((tie) => ({ first: tie?.[0] ?? 0, last: tie?.[1] ?? 0 }));
  const tieAt = (at: number) => ties.find(({ first, last }) => first <= at && at <= last);
  return (
    <>
      <p className={css.legend}>{t('certainty.legend')}</p>
      <ol className={css.list}>
        {ideas.map((idea, at) => {
          const tie = tieAt(at);
          return (
            <li
              key={idea.id}
              className={css.idea}
              data-tie={tie ? (tie.first === at ? 'first' : tie.last === at ? 'last' : 'middle') : undefined}
              data-cut={at + 1 === data.top || undefined}
            >
              <span className={css.place}>{at + 1}</span>
              <button
                type="button"
                className={css.name}
                title={nameOf(idea.id).title}
                onClick={() => open(nameOf(idea.id).key)}
              >
                {nameOf(idea.id).title}
                {tie?.first === at && (
                  <span className="visually-hidden">{t('certainty.tie', { n: tie.last - at + 1 })}</span>
                )}
              </button>
              <Place idea={idea} most={most} top={data.top} />
              <Chance idea={idea} top={data.top} />
            </li>
          );
        })}
      </ol>
    </>
  );
}

/** Where an idea may stand: from its 5 % to its 95 % rank. */
function Place({ idea, most, top }: { idea: RankedIdea; most: number; top: number }) {
  const share = (rank: number) => `${((rank - 0.5) / most) * 100}%`;
  const words = t('certainty.ranks', { low: idea.rankLow, high: idea.rankHigh });
  return (
    <Tooltip content={words}>
      <button type="button" className={css.ranks} aria-label={words}>
        <span className={css.rankCut} style={{ insetInlineStart: `${(top / most) * 100}%` }} />
        <span
          className={css.rankBar}
          style={{
            insetInlineStart: share(idea.rankLow),
            inlineSize: `max(4px, ${((idea.rankHigh - idea.rankLow) / most) * 100}%)`,
          }}
        />
      </button>
    </Tooltip>
  );
}

function Chance({ idea, top }: { idea: RankedIdea; top: number }) {
  const words = chanceWords(idea.chance);
  const score =
    idea.low === undefined || idea.high === undefined
      ? ''
      : ` ${t('certainty.score', { low: shortNumber(idea.low), high: shortNumber(idea.high) })}`;
  return (
    <Tooltip content={`${t('certainty.belongs', { chance: words, n: top })}${score}`}>
      <button type="button" className={css.chance} data-open={idea.chance > 0.2 && idea.chance < 0.8}>
        <span className={css.meter} aria-hidden="true">
          <span style={{ inlineSize: `${idea.chance * 100}%` }} />
        </span>
        {words}
      </button>
    </Tooltip>
  );
}
