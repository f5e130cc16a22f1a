import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { formatNumber } from '@/lib/format.ts';
import { t } from '@/lib/i18n.ts';
import { updateField } from '@/sync/calls.ts';
import { rankWeights, type TriedTop, tryWeights, type WeightPlay } from '@/sync/certainty.ts';
import { hasRole } from '@/sync/facts.ts';
import { useProject } from '@/sync/project.tsx';
import type { FieldInfo, Ref } from '@/sync/types.ts';
import { Button } from '@/ui/Button.tsx';
import { Skeleton } from '@/ui/Skeleton.tsx';
import { Slider } from '@/ui/Slider.tsx';
import { toast, toastFailure } from '@/ui/Toast.tsx';
import css from './certainty.module.css';
import { type CertaintyShared, useNamed } from './use-certainty.ts';
import { scaleOf, shareOf } from './weights.ts';

type Tried = Readonly<Record<Ref, number>>;
const nothingTried: Tried = {};

/** How far each weight of a score may move before the top N changes, and what the top is when it is moved. */
export function Weights({ by, ...shared }: CertaintyShared & { by: FieldInfo }) {
  const { question, seq } = shared;
  const { data, error } = useQuery({
    queryKey: ['certainty-weights', question, seq],
    queryFn: ({ signal }) => rankWeights(question, signal),
    placeholderData: (last) => last,
    retry: false,
  });
  const [tried, setTried] = useState<Tried>(nothingTried);
  const moved = Object.keys(tried).length > 0;
  const preview = useQuery({
    queryKey: ['certainty-try', question, seq, tried],
    queryFn: ({ signal }) => tryWeights(question, tried, signal),
    placeholderData: (last) => last,
    enabled: moved,
    retry: false,
  });
  const ids = useMemo(() => {
    const { top, left } = preview.data ?? {};
    const ends = data?.flatMap(({ lowIn, highIn }) => [lowIn ?? 0, highIn ?? 0]) ?? [];
    return [...ends, ...(top ?? []).map(({ id }) => id), ...(left ?? [])].filter((id) => id > 0);
  }, [data, preview.data]);
  useNamed(shared, ids);
  if (error) return <p className={css.note}>{error.message}</p>;
  if (!data) return <Skeleton width="100%" height="120px" />;
  const most = scaleOf(data);
  const move = ({ field, weight }: WeightPlay, next: number) =>
    setTried(({ [field]: _old, ...rest }) => (next === weight ? rest : { ...rest, [field]: next }));
  return (
    <>
      <p className={css.legend}>{t('certainty.weightsLegend', { n: question.top })}</p>
      <ul className={css.plays}>
        {data.map((play) => (
          <Play
            key={play.field}
            play={play}
            most={most}
            now={tried[play.field] ?? play.weight}
            onMove={(next) => move(play, next)}
            nameOf={shared.nameOf}
          />
        ))}
      </ul>
      {moved && (
        <Preview
          {...shared}
          top={preview.data}
          save={<Save by={by} tried={tried} onDone={() => setTried(nothingTried)} />}
        />
      )}
    </>
  );
}

/** A share of the way of the slider's thumb, which is 14 px wide and ends where the track does. */
const along = (percent: number) => `calc(7px + (100% - 14px) * ${percent / 100})`;

interface PlayProps extends Pick<CertaintyShared, 'nameOf'> {
  play: WeightPlay;
  /** The end of the scale. */
  most: number;
  now: number;
  onMove: (weight: number) => void;
}

function Play({ play, most, now, onMove, nameOf }: PlayProps) {
  const { field } = useProject();
  const { weight } = play;
  const ends = [play.low ?? 0, play.high ?? (weight < 0 ? -most : most)].map((end) => shareOf(end, most));
  const [from, to] = [Math.min(...ends), Math.max(...ends)];
  const words = [
    play.low === null
      ? t('certainty.noLow')
      : t('certainty.low', { weight: formatNumber(play.low), in: nameOf(play.lowIn ?? 0).title }),
    play.high === null
      ? t('certainty.noHigh')
      : t('certainty.high', { weight: formatNumber(play.high), in: nameOf(play.highIn ?? 0).title }),
  ];
  const name = field(play.field)?.name ?? play.field;
  const sign = weight < 0 ? -1 : 1;
  return (
    <li className={css.play}>
      <span className={css.playName}>
        <span>{name}</span>
        <span>{now === weight ? formatNumber(weight) : t('certainty.weightFrom', { weight, now })}</span>
      </span>
      <span className={css.playTrack}>
        <span
          aria-hidden="true"
          className={css.playSafe}
          style={{ insetInlineStart: along(from), inlineSize: `calc(${along(to)} - ${along(from)})` }}
        />
        <span
          aria-hidden="true"
          className={css.playMark}
          style={{ insetInlineStart: along(shareOf(weight, most)) }}
        />
        <Slider
          aria-label={t('certainty.weightOf', { field: name })}
          value={Math.abs(now)}
          min={0}
          max={most}
          step={most > 20 ? 1 : most / 100}
          onValueChange={(next) => onMove(sign * next)}
        />
      </span>
      <span className={css.aside}>{words.join(' ')}</span>
    </li>
  );
}

/** The top as it would be, with what comes in and what leaves. */
function Preview({
  top,
  save,
  nameOf,
  open,
  question,
}: CertaintyShared & { top: TriedTop | undefined; save: React.ReactNode }) {
  if (!top) return <Skeleton width="100%" height="80px" />;
  const ideas = top.top ?? [];
  const left = top.left ?? [];
  return (
    <section className={css.preview} aria-label={t('certainty.tried', { n: question.top })}>
      <h3 className={css.previewTitle}>{t('certainty.tried', { n: question.top })}</h3>
      <p className={css.legend} role="status">
        {left.length === 0 ? t('certainty.triedSame') : t('certainty.triedMoves', { n: left.length })}
      </p>
      <ol className={css.list}>
        {ideas.map(({ id, was }, at) => (
          <li key={id} className={css.tried} data-new={was === 0 || undefined}>
            <span className={css.place}>{at + 1}</span>
            <button type="button" className={css.name} onClick={() => open(nameOf(id).key)}>
              {nameOf(id).title}
            </button>
            <span className={css.fit}>
              {was === 0 ? t('certainty.comesIn') : was === at + 1 ? '' : t('certainty.wasAt', { rank: was })}
            </span>
          </li>
        ))}
      </ol>
      {left.length > 0 && (
        <p className={css.legend}>
          {t('certainty.leave', { titles: left.map((id) => nameOf(id).title).join(', ') })}
        </p>
      )}
      {save}
    </section>
  );
}

/** Keeps the tried weights, or forgets them. */
function Save({ by, tried, onDone }: { by: FieldInfo; tried: Tried; onDone: () => void }) {
  const { project } = useProject();
  const [busy, setBusy] = useState(false);
  const save = async () => {
    const { formula, id } = by;
    if (!formula || id === undefined) return;
    setBusy(true);
    const inputs = (formula.inputs ?? []).map((input) => ({
      ...input,
      weight: tried[input.field] ?? input.weight,
    }));
    try {
      await updateField(id, { formula: { ...formula, inputs } });
      toast({ title: t('certainty.weightsSaved', { field: by.name }) });
      onDone();
    } catch (error) {
      toastFailure(error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <div className={css.previewActions}>
      {hasRole(project.role, 'admin') ? (
        <Button tone="primary" busy={busy} onClick={() => void save()}>
          {t('certainty.saveWeights')}
        </Button>
      ) : (
        <p className={css.legend}>{t('certainty.adminsSave')}</p>
      )}
      <Button tone="ghost" onClick={onDone}>
        {t('certainty.forgetWeights')}
      </Button>
    </div>
  );
}
