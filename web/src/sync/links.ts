import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';
import { client, send } from '@/api/client.ts';
import { headersOf, newGroup } from './calls.ts';
import { useLive } from './live.ts';
import { useProject } from './project.tsx';
import type { IdeaLink, LinkType } from './types.ts';

/** The types of links that order ideas in time. */
export const dependencyTypes = ['finish_start', 'start_start'] as const satisfies readonly LinkType[];

/** Whether a type orders ideas in time. */
export function isDependency(type: LinkType): boolean {
  return type === 'finish_start' || type === 'start_start';
}

/** All types, in the order a menu shows them. */
export const linkTypes = [
  'relates',
  'finish_start',
  'start_start',
  'addresses',
  'tests',
  'duplicates',
] as const satisfies readonly LinkType[];

const keyOf = (project: string) => ['links', project] as const;

/** Loads again what is cached of links when somebody writes some. */
function useLinksLive(): void {
  const { session } = useProject();
  useLive(keyOf(session.key), ({ kind, attr }) => kind === 'link' || (kind === 'idea' && !attr));
}

const none: readonly IdeaLink[] = [];

/** The dependencies among the ideas of the project around the caller, kept in step; empty until they are loaded. */
export function useDependencies(enabled = true): readonly IdeaLink[] {
  return useLinks(enabled, 'dependencies');
}

/** The links that leave or reach ideas of the project around the caller, kept in step; empty until they are loaded. */
export function useProjectLinks(enabled = true): readonly IdeaLink[] {
  return useLinks(enabled);
}

function useLinks(enabled: boolean, only?: 'dependencies'): readonly IdeaLink[] {
  const { session } = useProject();
  useLinksLive();
  const { data } = useQuery({
    enabled,
    queryKey: [...keyOf(session.key), only ?? 'all'],
    queryFn: async ({ signal }) => {
      const path = { project: session.key };
      const answer = await send(
        client.GET('/projects/{project}/links', {
          params: { path, query: only ? { only } : {} },
          signal,
        }),
      );
      return answer.links ?? [];
    },
  });
  return data ?? none;
}

/** The links that leave or reach an idea, kept in step. */
export function useIdeaLinks(idea: number): { links: readonly IdeaLink[]; loading: boolean } {
  const { session } = useProject();
  useLinksLive();
  const { data, isPending } = useQuery({
    queryKey: [...keyOf(session.key), idea],
    queryFn: async ({ signal }) => {
      const path = { idea: String(idea) };
      return (await send(client.GET('/ideas/{idea}/links', { params: { path }, signal }))).links ?? [];
    },
  });
  return { links: data ?? none, loading: isPending };
}

/** A link to make. */
export interface LinkToMake {
  /** Ideas by id or key. */
  from: number | string;
  to: number | string;
  type: LinkType;
  lag?: number;
}

/** Ways to write links; each is one step for undo. They throw what the server says. */
export interface LinkWriter {
  create: (link: LinkToMake) => Promise<string>;
  update: (link: number, change: { type?: LinkType; lag?: number }) => Promise<string>;
  remove: (link: number) => Promise<string>;
}

/** Makes, changes and removes links of the project around the caller. */
export function useLinkWriter(): LinkWriter {
  const { session } = useProject();
  const queries = useQueryClient();
  return useMemo(() => {
    const step = async (write: (headers: Record<string, string>) => Promise<unknown>) => {
      const group = newGroup();
      await write(headersOf(group));
      session.undoStack.push(group);
      await queries.invalidateQueries({ queryKey: keyOf(session.key) });
      return group;
    };
    return {
      create: ({ from, to, type, lag }) =>
        step((headers) => {
          const path = { idea: String(from) };
          const body = { to: String(to), type, ...(lag ? { lag } : {}) };
          return send(client.POST('/ideas/{idea}/links', { params: { path }, body, headers }));
        }),
      update: (link, body) =>
        step((headers) => send(client.PATCH('/links/{link}', { params: { path: { link } }, body, headers }))),
      remove: (link) =>
        step((headers) => send(client.DELETE('/links/{link}', { params: { path: { link } }, headers }))),
    };
  }, [session, queries]);
}

/** An idea that a search found. */
export interface FoundIdea {
  id: number;
  key: string;
  title: string;
}

/** Finds ideas by words or key, in all projects or one. */
export async function searchIdeas(text: string, signal: AbortSignal, project?: string): Promise<FoundIdea[]> {
  const q = text.trim().slice(0, 500);
  if (q === '') return [];
  const query = { q, limit: 12, ...(project ? { project } : {}) };
  return (await send(client.GET('/search', { params: { query }, signal }))).hits ?? [];
}
