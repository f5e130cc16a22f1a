import { useQuery } from '@tanstack/react-query';
import { formatNumber } from '@/lib/format.ts';
import { t } from '@/lib/i18n.ts';
import { rankWeights, type WeightPlay } from '@/sync/certainty.ts';
import { useProject } from '@/sync/project.tsx';
import { Skeleton } from '@/ui/Skeleton.tsx';
import css from './certainty.module.css';
import type { CertaintyShared } from './use-certainty.ts';

/** How far each weight of a score may move before the top N changes. */
export function Weights({ question, seq, nameOf }: CertaintyShared) {
  const { data, error } = useQuery({
    queryKey: ['certainty-weights', question, seq],
    queryFn: ({ signal }) => rankWeights(question, signal),
    placeholderData: (last) => last,
    retry: false,
  });
  if (error) return <p className={css.note}>{error.message}</p>;
  if (!data) return <Skeleton width="100%" height="120px" />;
  const most = Math.max(...data.map((play) => Math.abs(play.weight))) * 2;
  return (
    <>
      <p className={css.legend}>{t('certainty.weightsLegend', { n: question.top })}</p>
      <ul className={css.plays}>
        {data.map((play) => (
          <Play key={play.field} play={play} most={most} nameOf={nameOf} />
        ))}
      </ul>
    </>
  );
}

function Play({ play, most, nameOf }: { play: WeightPlay; most: number } & Pick<CertaintyShared, 'nameOf'>) {
  const { field } = useProject();
  const [low, high] = [play.low ?? 0, play.high ?? most];
  const share = (weight: number) => Math.min(100, Math.max(0, (Math.abs(weight) / most) * 100));
  const [from, to] = [Math.min(share(low), share(high)), Math.max(share(low), share(high))];
  const words = [
    play.low === null
      ? t('certainty.noLow')
      : t('certainty.low', { weight: formatNumber(play.low), in: nameOf(play.lowIn ?? 0).title }),
    play.high === null
      ? t('certainty.noHigh')
      : t('certainty.high', { weight: formatNumber(play.high), in: nameOf(play.highIn ?? 0).title }),
  ];
  return (
    <li className={css.play}>
      <span className={css.playName}>
        <span>{field(play.field)?.name ?? play.field}</span>
        <span>{formatNumber(play.weight)}</span>
      </span>
      <span className={css.playTrack} aria-hidden="true">
        <span
          className={css.playSafe}
          style={{ insetInlineStart: `${from}%`, inlineSize: `${to - from}%` }}
        />
        <span className={css.playMark} style={{ insetInlineStart: `${share(play.weight)}%` }} />
      </span>
      <span className={css.aside}>{words.join(' ')}</span>
    </li>
  );
}
