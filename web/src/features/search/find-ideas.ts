import { Lightbulb } from 'lucide-react';
import { useEffect, useMemo, useRef } from 'react';
import { useLocation, useSearch } from 'wouter';
import { usePaletteSource } from '@/actions/react.tsx';
import type { PaletteResult, PaletteSource } from '@/actions/types.ts';
import { client, send } from '@/api/client.ts';
import { t } from '@/lib/i18n.ts';
import { recentIdeas } from '@/lib/recent.ts';
import { ideaAddress } from '@/lib/routes.ts';
import { useOptionalProject, useWorkspace } from '@/sync/project.tsx';

const most = 8;
const pause = 60;

/** Resolves after a pause, unless what waits for it is no longer wanted. */
function wait(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((done, stop) => {
    const timer = setTimeout(done, ms);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      stop(signal.reason);
    });
  });
}

/** Hits of the open project before those of others, each in the order they were found. */
export function ownFirst<T extends { key: string }>(hits: readonly T[], project: string | undefined): T[] {
  const own = (hit: T) => project !== undefined && hit.key.startsWith(`${project}-`);
  return [...hits.filter(own), ...hits.filter((hit) => !own(hit))];
}

/** In the palette: ideas open last, and what the words typed find in ideas, insights and customers. */
export function useFindIdeas(): void {
  const [path, go] = useLocation();
  const search = useSearch();
  const project = useOptionalProject()?.project.key;
  const { workspace } = useWorkspace();
  const first = project ?? workspace?.projects?.find(({ archived }) => !archived)?.key;
  const open = useRef((_key: string) => {});
  useEffect(() => {
    open.current = (key) => go(ideaAddress(key, path, search));
  }, [go, path, search]);
  const sources = useMemo(() => {
    const result = ({ key, title }: { key: string; title: string }): PaletteResult => ({
      id: key,
      title,
      hint: key,
      icon: Lightbulb,
      run: () => open.current(key),
    });
    const recent: PaletteSource = {
      id: 'recent-ideas',
      title: () => t('search.recent'),
      search: (query) => (query.trim() === '' ? recentIdeas().slice(0, 5).map(result) : []),
    };
    const found: PaletteSource = {
      id: 'ideas',
      title: () => t('search.ideas'),
      search: async (query, signal) => {
        const text = query.trim();
        if (text === '') return [];
        await wait(pause, signal);
        const { hits } = await send(
          client.GET('/search', { params: { query: { q: text.slice(0, 500), limit: 2 * most } }, signal }),
        );
        return ownFirst(hits ?? [], project)
          .slice(0, most)
          .map(result);
      },
    };
    const evidence: PaletteSource = {
      id: 'evidence',
      title: () => t('search.evidence'),
      search: async (query, signal) => {
        const text = query.trim();
        if (text.length < 3) return [];
        await wait(pause, signal);
        // It comes with the first words that somebody looks for.
        const { findEvidence } = await import('./find-evidence.ts');
        return findEvidence(text, signal, { project: first, go, openIdea: (key) => open.current(key) });
      },
    };
    return { recent, found, evidence };
  }, [project, first, go]);
  usePaletteSource(sources.recent);
  usePaletteSource(sources.found);
  usePaletteSource(sources.evidence);
}
