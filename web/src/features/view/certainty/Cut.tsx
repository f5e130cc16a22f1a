import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { formatNumber } from '@/lib/format.ts';
import { t } from '@/lib/i18n.ts';
import { readStored, writeStored } from '@/lib/storage.ts';
import { type CutLine, type RankQuestion, rankCut } from '@/sync/certainty.ts';
import { useProject } from '@/sync/project.tsx';
import type { FieldInfo, Filter } from '@/sync/types.ts';
import { NumberField } from '@/ui/NumberField.tsx';
import { Select } from '@/ui/Select.tsx';
import css from './certainty.module.css';
import { type CertaintyShared, useNamed } from './use-certainty.ts';
import { chanceWords } from './words.ts';

const numeric = (field: FieldInfo) => ['number', 'rating', 'slider', 'formula'].includes(field.type);
const none = '';

/** What a person tries out; remembered for the project, in this browser. */
interface CutChoice {
  effort: string;
  capacity: number | null;
  /** A checkbox, or a select field with one of its options. */
  must: string;
  mustOption?: number;
  team: string;
  teams: Record<string, number>;
}

const stored = (project: string) => `cairn.cut.${project}`;

/** What was tried out last, as far as its fields are still there. */
function lastChoice(project: string, fields: readonly FieldInfo[]): CutChoice {
  const efforts = fields.filter(numeric);
  const likely = efforts.find((field) => /effort|size|points|days/i.test(field.name)) ?? efforts[0];
  let last: Partial<CutChoice> = {};
  try {
    last = JSON.parse(readStored(stored(project)) ?? '{}') as Partial<CutChoice>;
  } catch {
    // Begins anew.
  }
  const there = (ref: string | undefined, among: readonly FieldInfo[], otherwise: string) =>
    among.find((field) => field.ref === ref)?.ref ?? otherwise;
  return {
    effort: there(last.effort, efforts, likely?.ref ?? none),
    capacity: last.capacity ?? 100,
    must: there(last.must, fields, none),
    mustOption: last.mustOption,
    team: there(last.team, fields, none),
    teams: last.teams ?? {},
  };
}

/** Which ideas come first, as a condition. */
function mustFilter({ must, mustOption }: CutChoice, fields: readonly FieldInfo[]): Filter | undefined {
  const field = fields.find(({ ref }) => ref === must);
  if (field?.type === 'checkbox') return { field: must, op: 'is', value: true };
  const option = field?.options.find(({ id }) => id === mustOption);
  return option && { field: must, op: 'any_of', value: [option.id] };
}

/** The capacity that a person tries out, and where it ends; asked for once `wanted`. */
export function useCut(question: RankQuestion, seq: number, wanted: 'wanted' | undefined) {
  const { allFields, project } = useProject();
  const custom = allFields.filter((field) => field.id !== undefined);
  const [choice, setChoice] = useState(() => lastChoice(project.key, custom));
  const choose = (part: Partial<CutChoice>) => {
    const next = { ...choice, ...part };
    setChoice(next);
    writeStored(stored(project.key), JSON.stringify(next));
  };
  const { effort, capacity, team, teams } = choice;
  const must = mustFilter(choice, custom);
  const cut = {
    effort,
    capacity: capacity ?? 0,
    ...(must && { must }),
    ...(team && { teamField: team, teams }),
  };
  const { data, error } = useQuery({
    queryKey: ['certainty-cut', question, seq, cut],
    queryFn: ({ signal }) => rankCut(question, cut, signal),
    enabled: wanted !== undefined && effort !== none && capacity !== null,
    placeholderData: (last) => last,
    retry: false,
  });
  return { data: wanted && data, error, custom, choice, choose };
}

/** Where a capacity ends on the way down the list, and how likely each idea still fits. */
export function Cut({ cut, ...shared }: CertaintyShared & { cut: ReturnType<typeof useCut> }) {
  const { data, error, custom, choice, choose } = cut;
  const { effort, capacity, must, team, teams } = choice;
  const offer = (fields: FieldInfo[], label: string) => [
    { value: none, label },
    ...fields.map((field) => ({ value: field.ref, label: field.name })),
  ];
  const split = custom.find((field) => field.ref === team);
  const musts = custom.find((field) => field.ref === must && field.type === 'select');
  return (
    <>
      <div className={css.form}>
        <Select
          aria-label={t('certainty.effort')}
          options={custom.filter(numeric).map((field) => ({ value: field.ref, label: field.name }))}
          value={effort}
          onValueChange={(next) => choose({ effort: next })}
        />
        {!split && (
          <NumberField
            aria-label={t('certainty.capacity')}
            value={capacity}
            min={0}
            onValueChange={(next) => choose({ capacity: next })}
          />
        )}
        <Select
          aria-label={t('certainty.perTeam')}
          options={offer(
            custom.filter((field) => field.type === 'select'),
            t('certainty.together'),
          )}
          value={team}
          onValueChange={(next) => choose({ team: next })}
        />
        <Select
          aria-label={t('certainty.must')}
          options={offer(
            custom.filter((field) => field.type === 'checkbox' || field.type === 'select'),
            t('certainty.noMust'),
          )}
          value={must}
          onValueChange={(next) => {
            const options = custom.find((field) => field.ref === next)?.options ?? [];
            const likely = options.find((option) => /must/i.test(option.name)) ?? options[0];
            choose({ must: next, mustOption: likely?.id });
          }}
        />
        {musts && (
          <Select
            aria-label={t('certainty.mustOption', { field: musts.name })}
            options={musts.options.map((option) => ({ value: String(option.id), label: option.name }))}
            value={choice.mustOption === undefined ? null : String(choice.mustOption)}
            onValueChange={(next) => choose({ mustOption: Number(next) })}
          />
        )}
        {split?.options.map((option) => (
          <div key={option.id} className={css.team}>
            {option.name}
            <NumberField
              aria-label={t('certainty.capacityOf', { team: option.name })}
              value={teams[option.id] ?? null}
              min={0}
              placeholder={t('certainty.unlimited')}
              onValueChange={(next) => {
                const { [option.id]: _old, ...rest } = teams;
                choose({ teams: next === null ? rest : { ...rest, [option.id]: next } });
              }}
            />
          </div>
        ))}
      </div>
      {error && <p className={css.note}>{error.message}</p>}
      {data && <CutList {...shared} data={data} />}
    </>
  );
}

function CutList({ data, ...shared }: CertaintyShared & { data: CutLine }) {
  const { nameOf, open } = shared;
  const ideas = useMemo(() => (data.ideas ?? []).slice(0, 80), [data]);
  const ids = useMemo(
    () => ideas.flatMap(({ id, for: behind }) => (behind === undefined ? [id] : [id, behind])),
    [ideas],
  );
  useNamed(shared, ids);
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
            <span className={css.place} title={t('certainty.sumWhy')}>
              {formatNumber(idea.sum, { maximumFractionDigits: 1 })}
            </span>
            <button
              type="button"
              className={css.name}
              title={nameOf(idea.id).title}
              onClick={() => open(nameOf(idea.id).key)}
            >
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
            <span className={css.fit} title={t('certainty.fitsWhy')}>
              {t('certainty.fits', { chance: chanceWords(idea.chance) })}
            </span>
          </li>
        ))}
      </ol>
    </>
  );
}
