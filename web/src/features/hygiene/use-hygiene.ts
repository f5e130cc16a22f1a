import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { client, send } from '@/api/client.ts';
import type { components } from '@/api/schema.d.ts';
import { useProject } from '@/sync/project.tsx';

type Schemas = components['schemas'];

/** Everything of one kind that rots. */
export type Finding = Schemas['HygieneFinding'];
/** One thing that rots. */
export type Item = Schemas['HygieneItem'];
/** An idea that rots. */
export type RottenIdea = Schemas['HygieneIdea'];
/** How a project looks at what rots. */
export type Settings = Omit<Schemas['HygieneSettings'], '$schema'>;

/** The kinds of findings, as they are shown. */
export const kinds = [
  'past_date',
  'no_score',
  'stale_score',
  'no_evidence',
  'duplicates',
  'untriaged',
  'untouched',
  'option',
  'field',
] as const;
/** One of kinds. */
export type Kind = (typeof kinds)[number];

/** The key of what is kept of a project's hygiene. */
export const hygieneKey = 'hygiene';

/** How long changes gather before the report is asked for again, in ms. */
const gather = 600;

/** Asks again after changes, together for those that follow each other. */
function useFresh(): void {
  const { session } = useProject();
  const queries = useQueryClient();
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const stop = session.stream.listen(() => {
      timer ??= setTimeout(() => {
        timer = undefined;
        void queries.invalidateQueries({ queryKey: [hygieneKey] });
      }, gather);
    });
    return () => {
      stop();
      clearTimeout(timer);
    };
  }, [session, queries]);
}

/** What rots in the project around; asked again while ideas are still being compared. */
export function useHygiene() {
  const { session } = useProject();
  useFresh();
  return useQuery({
    queryKey: [hygieneKey, session.key],
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) =>
      send(client.GET('/projects/{project}/hygiene', { params: { path: { project: session.key } }, signal })),
    refetchInterval: ({ state: { data } }) => (data && data.looked < data.of ? 1500 : false),
  });
}

/** More of one kind, or what was put aside of it. */
export function useFinding(kind: Kind, limit: number, ignored: boolean, enabled: boolean) {
  const { session } = useProject();
  return useQuery({
    queryKey: [hygieneKey, session.key, kind, limit, ignored],
    enabled,
    placeholderData: keepPreviousData,
    queryFn: async ({ signal }) => {
      const params = { path: { project: session.key }, query: { kind, limit, ignored } };
      const { findings } = await send(client.GET('/projects/{project}/hygiene', { params, signal }));
      return findings?.[0];
    },
  });
}

const target = (project: string, kind: string, item: Item) => ({
  params: { path: { project, kind, target: item.target } },
});

/** Says for some days that something is no problem. */
export async function putAside(project: string, kind: Kind, item: Item, body: { days: number; why: string }) {
  await send(
    client.PUT('/projects/{project}/hygiene/{kind}/{target}/ignored', {
      ...target(project, kind, item),
      body,
    }),
  );
}

/** Takes back that something is no problem. */
export async function bringBack(project: string, kind: Kind, item: Item) {
  await send(
    client.DELETE('/projects/{project}/hygiene/{kind}/{target}/ignored', target(project, kind, item)),
  );
}

/** Says how the project looks at what rots. */
export async function saveSettings(project: string, body: Settings) {
  await send(client.PUT('/projects/{project}/hygiene', { params: { path: { project } }, body }));
}
