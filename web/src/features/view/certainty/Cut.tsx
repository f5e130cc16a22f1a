import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { formatNumber } from '@/lib/format.ts';
import { t } from '@/lib/i18n.ts';
import { type CutLine, type RankQuestion, rankCut } from '@/sync/certainty.ts';
import { useProject } from '@/sync/project.tsx';
import type { FieldInfo } from '@/sync/types.ts';
import { NumberField } from '@/ui/NumberField.tsx';
import { Select } from '@/ui/Select.tsx';
import css from './certainty.module.css';
import type { CertaintyShared } from './use-certainty.ts';
import { chanceWords } from './words.ts';

const numeric = (field: FieldInfo) => ['number', 'rating', 'slider', 'formula'].includes(field.type);
const none = '';

/** The capacity that a person tries out, and where it ends; asked for once `wanted`. */
export function useCut(question: RankQuestion, seq: number, wanted: 'wanted' | undefined) {
  const { allFields } = useProject();
  const custom = allFields.filter((field) => field.id !== undefined);
  const efforts = custom.filter(numeric);
  const [effort, setEffort] = useState(
    () =>
      efforts.find((field) => /effort|size|points|days/i.test(field.name))?.ref ?? efforts[0]?.ref ?? none,
  );
  const [capacity, setCapacity] = useState<number | null>(100);
  const [must, setMust] = useState(none);
  const [team, setTeam] = useState(none);
  const [teams, setTeams] = useState<Record<string, number>>({});
  const cut = {
    effort,
    capacity: capacity ?? 0,
    ...(must && { must: { field: must, op: 'is' as const, value: true } }),
    ...(team && { teamField: team, teams }),
  };
  const { data, error } = useQuery({
    queryKey: ['certainty-cut', question, seq, cut],
    queryFn: ({ signal }) => rankCut(question, cut, signal),
    enabled: wanted !== undefined && effort !== none && capacity !== null,
    placeholderData: (last) => last,
    retry: false,
  });
  return {
    data: wanted && data,
    error,
    custom,
    efforts,
    effort,
    setEffort,
    capacity,
    setCapacity,
    must,
    setMust,
    team,
    setTeam,
    teams,
    setTeams,
  };
}

/** Where a capacity ends on the way down the list, and how likely each idea still fits. */
export function Cut({ cut, ...shared }: CertaintyShared & { cut: ReturnType<typeof useCut> }) {
  const { data, error, custom, efforts, effort, setEffort, capacity, setCapacity } = cut;
  const { must, setMust, team, setTeam, teams, setTeams } = cut;
  const choose = (fields: FieldInfo[], label: string) => [
    { value: none, label },
    ...fields.map((field) => ({ value: field.ref, label: field.name })),
  ];
  const split = custom.find((field) => field.ref === team);
  return (
    <>
      <div className={css.form}>
        <Select
          aria-label={t('certainty.effort')}
          options={efforts.map((field) => ({ value: field.ref, label: field.name }))}
          value={effort}
          onValueChange={setEffort}
        />
        {!split && (
          <NumberField
            aria-label={t('certainty.capacity')}
            value={capacity}
            min={0}
            onValueChange={setCapacity}
          />
        )}
        <Select
          aria-label={t('certainty.perTeam')}
          options={choose(
            custom.filter((field) => field.type === 'select'),
            t('certainty.together'),
          )}
          value={team}
          onValueChange={setTeam}
        />
        <Select
          aria-label={t('certainty.must')}
          options={choose(
            custom.filter((field) => field.type === 'checkbox'),
            t('certainty.noMust'),
          )}
          value={must}
          onValueChange={setMust}
        />
        {split?.options.map((option) => (
          <div key={option.id} className={css.team}>
            {option.name}
            <NumberField
              aria-label={t('certainty.capacityOf', { team: option.name })}
              value={teams[option.id] ?? null}
              min={0}
              placeholder={t('certainty.unlimited')}
              onValueChange={(next) =>
                setTeams(({ [option.id]: _old, ...rest }) =>
                  next === null ? rest : { ...rest, [option.id]: next },
                )
              }
            />
          </div>
        ))}
      </div>
      {error && <p className={css.note}>{error.message}</p>}
      {data && <CutList {...shared} data={data} />}
    </>
  );
}

function CutList({ data, nameOf, open }: CertaintyShared & { data: CutLine }) {
  const ideas = (data.ideas ?? []).slice(0, 80);
  const end = ideas.findLastIndex((idea) => idea.fits);
  return (
    <>
      <p className={css.legend}>{t('certainty.cutLegend', { n: data.fits })}</p>
      <ol className={css.list}>
        {ideas.map((idea, at) => (
          <li
            key={idea.id}
            className={css.idea}
            data-out={!idea.fits || undefined}
            data-cut={at === end || undefined}
          >
            <span className={css.place}>{formatNumber(idea.sum, { maximumFractionDigits: 1 })}</span>
            <button type="button" className={css.name} onClick={() => open(nameOf(idea.id).key)}>
              {nameOf(idea.id).title}
              <span className={css.aside}>
                {[
                  idea.must && t('certainty.isMust'),
                  idea.for !== undefined && t('certainty.neededFor', { title: nameOf(idea.for).title }),
                  idea.missing && t('certainty.noEffort'),
                ]
                  .filter(Boolean)
                  .join(' · ')}
              </span>
            </button>
            <span className={css.fit}>{t('certainty.fits', { chance: chanceWords(idea.chance) })}</span>
          </li>
        ))}
      </ol>
    </>
  );
}
