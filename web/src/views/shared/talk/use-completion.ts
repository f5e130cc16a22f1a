import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { client, send } from '@/api/client.ts';
import { useOptionalProject } from '@/sync/project.tsx';
import { type Completing, matchPeople, type Target } from '@/views/shared/markdown/mention-text.ts';

const most = 8;

/** One thing that completes what is typed. */
export interface Completion {
  /** As it stands in the text. */
  typed: string;
  /** Beside it. */
  hint?: string;
  target: Target;
}

/** The people who see the open project; all of the workspace until that is known. */
function useReaders() {
  const data = useOptionalProject();
  const closed = data?.project.access === 'private';
  const { data: members } = useQuery({
    queryKey: ['members', data?.project.key, 'mention'],
    queryFn: ({ signal }) =>
      send(
        client.GET('/projects/{project}/members', {
          params: { path: { project: data?.project.key ?? '' } },
          signal,
        }),
      ),
    enabled: closed,
    staleTime: 30_000,
  });
  return useMemo(() => {
    const people = (data?.people ?? []).filter((person) => !person.disabled);
    if (!closed) return people;
    const given = new Set((members?.members ?? []).map((member) => member.person.id));
    return people.filter((person) => person.admin || given.has(person.id));
  }, [data?.people, closed, members]);
}

/** What completes the words before the caret: people after @, ideas after #. */
export function useCompletion(at: Completing | undefined): readonly Completion[] {
  const readers = useReaders();
  const project = useOptionalProject()?.project.key;
  const query = at?.query.trim() ?? '';
  const { data: hits } = useQuery({
    queryKey: ['mention-ideas', project, query],
    queryFn: async ({ signal }) =>
      (await send(client.GET('/search', { params: { query: { q: query, limit: most, project } }, signal })))
        .hits ?? [],
    enabled: at?.sign === '#' && query !== '' && project !== undefined,
    placeholderData: (last) => last,
    staleTime: 10_000,
  });
  return useMemo(() => {
    if (!at) return [];
    if (at.sign === '#') {
      if (query === '') return [];
      return (hits ?? []).slice(0, most).map(({ key, title, id }) => ({
        typed: key,
        hint: title,
        target: { kind: 'idea' as const, id },
      }));
    }
    const found = matchPeople(readers, query).slice(0, most);
    const names = found.map(({ name }) => name);
    return found.map(({ id, name, email }) => ({
      // Two people of one name are told apart by their addresses.
      typed: names.filter((other) => other === name).length > 1 && email ? `@${name} (${email})` : `@${name}`,
      hint: email,
      target: { kind: 'person' as const, id },
    }));
  }, [at, query, hits, readers]);
}
