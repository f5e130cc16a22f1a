import { hashKey, keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo } from 'react';
import { client, send } from '@/api/client.ts';
import type { components } from '@/api/schema.d.ts';
import { headersOf, newGroup } from './calls.ts';
import { inWindows } from './in-windows.ts';
import { type HeldInsights, type Written, wrote } from './insights-held.ts';
import {
  type AskList,
  evidenceKey,
  listsKey,
  loadMore,
  sayAsk,
  useEvidenceLive,
  writeInStep,
} from './insights-live.ts';
import { useProject } from './project.tsx';

/** A piece of evidence, as far as the reader may see it. */
export type Insight = components['schemas']['Insight'];
/** An insight to be recorded. */
export type InsightInput = Omit<components['schemas']['InsightInput'], '$schema'>;
/** What changes of an insight; what is left out stays. */
export type InsightPatch = Omit<components['schemas']['UpdateInsightInBody'], '$schema'>;
/** An idea that an insight may belong to. */
export type Suggestion = components['schemas']['Suggestion'];

/** An insight that was merged into another. */
export type InsightPart = components['schemas']['InsightPart'];
/** An insight that may say the same as another. */
export type LikeInsight = components['schemas']['LikeInsight'];

/** Where in triage an insight stands. */
export const insightStages = ['inbox', 'linked', 'parked', 'dismissed', 'all'] as const;
/** One of insightStages. */
export type InsightStage = (typeof insightStages)[number];

/**
 * The insights of an idea, the most important first, as they were where the project around the caller is that of an
 * earlier moment; undefined until they are loaded.
 */
export function useIdeaInsights(idea: number): readonly Insight[] | undefined {
  const { at } = useProject();
  useEvidenceLive();
  const { data } = useQuery({
    queryKey: at === undefined ? [...evidenceKey, 'idea', idea] : ['insightsThen', idea, at],
    queryFn: async ({ signal }) => {
      const params = { path: { idea: String(idea) }, query: at === undefined ? {} : { at } };
      return (await send(client.GET('/ideas/{idea}/insights', { params, signal }))).insights ?? [];
    },
  });
  return data;
}

/** One insight; nothing is asked for undefined. */
export function useInsight(insight: number | undefined) {
  return useQuery({
    enabled: insight !== undefined,
    queryKey: [...evidenceKey, 'one', insight],
    queryFn: ({ signal }) =>
      send(client.GET('/insights/{insight}', { params: { path: { insight: insight ?? 0 } }, signal })),
  });
}

/** Which insights of a project are wanted. */
export interface InsightFilter {
  stage: InsightStage;
  text: string;
}

/** How many insights of a list are loaded at once. */
const pageSize = 200;

/** A project's insights at a point of triage, newest first: those that are loaded, kept in step, and how to load more. */
export function useInsights({ stage, text }: InsightFilter) {
  const { session } = useProject();
  const queries = useQueryClient();
  useEvidenceLive();
  const { key } = session;
  const queryKey = useMemo(() => [...listsKey, key, stage, text], [key, stage, text]);
  const ask = useMemo(() => askFor(key, { stage, text }), [key, stage, text]);
  useEffect(() => sayAsk(hashKey(queryKey), ask), [queryKey, ask]);
  const { data, error } = useQuery({
    queryKey,
    placeholderData: keepPreviousData,
    // Again as far as they were loaded.
    queryFn: async ({ signal }) => {
      const held = queries.getQueryData<HeldInsights>(queryKey)?.insights.length ?? 0;
      const { rows, ...rest } = await inWindows(
        { limit: Math.max(pageSize, held), most: pageSize },
        async (offset, limit) => {
          const { insights, ...other } = await ask({ offset, limit }, signal);
          return { rows: insights, ...other };
        },
      );
      return { insights: rows, ...rest } satisfies HeldInsights;
    },
  });
  const more = useCallback(() => void loadMore(queries, queryKey), [queries, queryKey]);
  return { data, error, more };
}

/** Asks for a part of a list: so many from an offset, or of some those that are in it. */
function askFor(project: string, { stage, text }: InsightFilter) {
  return async (
    { only, offset = 0, limit = pageSize }: Parameters<AskList>[0] & { limit?: number },
    signal?: AbortSignal,
  ): Promise<HeldInsights> => {
    const which = only ? { only: only.join(','), limit } : { offset, limit };
    const params = { path: { project }, query: { stage, q: text, ...which } };
    const { insights, total, counts } = await send(
      client.GET('/projects/{project}/insights', { params, ...(signal && { signal }) }),
    );
    return { insights: insights ?? [], total, counts };
  };
}

/** Finds insights of the project around the caller by their words. */
export function useFindInsights() {
  const { session } = useProject();
  return useCallback(
    async (q: string, signal: AbortSignal) => {
      const params = { path: { project: session.key }, query: { q, limit: 8 } };
      return (await send(client.GET('/projects/{project}/insights', { params, signal }))).insights ?? [];
    },
    [session],
  );
}

/** Ideas that an insight may belong to, and insights that may say the same, the likeliest first. */
export function useSuggestions(insight: number | undefined) {
  return useQuery({
    enabled: insight !== undefined,
    queryKey: [...evidenceKey, 'suggestions', insight],
    queryFn: async ({ signal }) => {
      const path = { insight: insight ?? 0 };
      const answer = await send(client.GET('/insights/{insight}/suggestions', { params: { path }, signal }));
      return { ideas: answer.suggestions ?? [], insights: answer.insights ?? [] };
    },
  });
}

/** Ways to write insights; each is one step for undo and returns its group. They throw what the server says. */
export interface InsightWriter {
  add: (insight: InsightInput) => Promise<string>;
  update: (insight: number, patch: InsightPatch) => Promise<string>;
  remove: (insight: number) => Promise<string>;
  link: (insight: number, idea: number | string, quote?: string) => Promise<string>;
  quote: (link: number, quote: string) => Promise<string>;
  unlink: (link: number) => Promise<string>;
  /** Makes an insight part of another. */
  merge: (part: number, whole: number) => Promise<string>;
  /** Makes a part an insight of its own again. */
  takeOut: (whole: number, part: number) => Promise<string>;
  /** Makes an idea of an insight and links it. */
  promote: (insight: Insight, title: string) => Promise<string>;
}

/** Writes insights of the project around the caller. */
export function useInsightWriter(): InsightWriter {
  const { session } = useProject();
  const queries = useQueryClient();
  return useMemo(() => {
    const path = { project: session.key };
    const step = async <T>(
      write: (headers: Record<string, string>) => Promise<T>,
      written: (answer: T) => Written | undefined = () => undefined,
    ) => {
      const group = newGroup();
      await writeInStep(
        queries,
        group,
        async () => {
          const answer = await write(headersOf(group));
          session.undoStack.push(group);
          return answer;
        },
        written,
      );
      return group;
    };
    const link = (insight: number, body: { idea: string; quote?: string }, headers: Record<string, string>) =>
      send(client.POST('/insights/{insight}/links', { params: { path: { insight } }, body, headers }));
    return {
      add: (body) =>
        step(
          (headers) => send(client.POST('/projects/{project}/insights', { params: { path }, body, headers })),
          ({ id }) => wrote([id], true),
        ),
      update: (insight, body) =>
        step(
          (headers) =>
            send(client.PATCH('/insights/{insight}', { params: { path: { insight } }, body, headers })),
          () => wrote([insight], 'title' in body || 'note' in body || 'labels' in body),
        ),
      remove: (insight) =>
        step(
          (headers) => send(client.DELETE('/insights/{insight}', { params: { path: { insight } }, headers })),
          () => wrote([insight], true),
        ),
      link: (insight, idea, quote) =>
        step(
          (headers) => link(insight, { idea: String(idea), ...(quote ? { quote } : {}) }, headers),
          () => wrote([insight]),
        ),
      quote: (id, quote) =>
        step(
          (headers) =>
            send(
              client.PATCH('/insight-links/{link}', {
                params: { path: { link: id } },
                body: { quote },
                headers,
              }),
            ),
          () => wrote([], false, [id]),
        ),
      unlink: (id) =>
        step(
          (headers) =>
            send(client.DELETE('/insight-links/{link}', { params: { path: { link: id } }, headers })),
          () => wrote([], false, [id]),
        ),
      merge: (part, insight) =>
        step(
          (headers) =>
            send(
              client.PUT('/insights/{insight}/parts/{part}', {
                params: { path: { insight, part } },
                headers,
              }),
            ),
          () => wrote([part, insight], true),
        ),
      takeOut: (insight, part) =>
        step(
          (headers) =>
            send(
              client.DELETE('/insights/{insight}/parts/{part}', {
                params: { path: { insight, part } },
                headers,
              }),
            ),
          () => wrote([insight, part], true),
        ),
      promote: (insight, title) =>
        step(
          async (headers) => {
            const idea = await send(
              client.POST('/projects/{project}/ideas', { params: { path }, body: { title }, headers }),
            );
            await link(insight.id, { idea: String(idea.id) }, headers);
          },
          () => wrote([insight.id], true),
        ),
    };
  }, [session, queries]);
}
