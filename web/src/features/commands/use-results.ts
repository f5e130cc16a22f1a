import { useEffect, useState } from 'react';
import { useRegistry } from '@/actions/react.tsx';
import { actionGroups, ordered, type PaletteGroup, sourceGroup } from './results.ts';

/** What the palette shows for a query. */
export interface Results {
  groups: PaletteGroup[];
  /** Some source has not answered yet. */
  pending: boolean;
  /** Why a source failed, if one did. */
  failure?: string;
}

/**
 * Searches commands at once and the sources as they answer. The last results of a source stay until its next ones
 * are there, so that the list does not jump.
 */
export function useResults(query: string): Results {
  const registry = useRegistry();
  const [found, setFound] = useState<Record<string, PaletteGroup>>({});
  const [answered, setAnswered] = useState({ query: '', failure: '' });

  useEffect(() => {
    const abort = new AbortController();
    const { signal } = abort;
    const searches = registry.sources().map(async (source) => {
      const group = await sourceGroup(source, query, signal);
      if (!signal.aborted) setFound((last) => ({ ...last, [source.id]: group }));
    });
    void Promise.allSettled(searches).then((outcomes) => {
      if (signal.aborted) return;
      const failed = outcomes.find((outcome) => outcome.status === 'rejected');
      const reason: unknown = failed?.reason;
      setAnswered({ query, failure: reason instanceof Error ? reason.message : '' });
    });
    return () => abort.abort();
  }, [registry, query]);

  const pending = answered.query !== query;
  const filled = (last?: true) =>
    registry
      .sources()
      .flatMap((source) => (source.last === last && found[source.id]) || [])
      .filter((group) => group.items.length > 0);
  const groups = ordered(filled(), actionGroups(registry, query), query);
  if (!pending) groups.push(...filled(true));
  return { groups, pending, failure: answered.failure || undefined };
}
