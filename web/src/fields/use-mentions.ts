import { useEffect } from 'react';
import { useStore } from '@/lib/store.ts';
import type { Mention } from '@/sync/mentions.ts';
import { useProject } from '@/sync/project.tsx';

/** What is known of ideas; those that are not known are asked for. */
export function useMentions(ids: readonly number[]): ReadonlyMap<number, Mention> {
  const { mentions } = useProject().session;
  const known = useStore(mentions.state);
  useEffect(() => mentions.want(ids), [mentions, ids]);
  return known;
}
