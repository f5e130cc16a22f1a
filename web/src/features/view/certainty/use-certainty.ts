import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useStore } from '@/lib/store.ts';
import {
  type IdeaName,
  namesOf,
  type Ranking,
  type RankQuestion,
  rankIdeas,
  rankTies,
} from '@/sync/certainty.ts';
import { useProject } from '@/sync/project.tsx';

/** How many ideas the panel lists. */
export const listed = 60;

/** What the panel's parts share. */
export interface CertaintyShared {
  question: RankQuestion;
  /** Changes with the project's ideas. */
  seq: number;
  nameOf: (id: number) => IdeaName;
  /** Whether the name of an idea came with those of the view's first ideas; undefined while they are on their way. */
  named: ((id: number) => boolean) | undefined;
  /** Opens an idea, at a field of it when one is named. */
  open: (key: string, field?: string) => void;
}

/** The ranking of a view, and the names of its ideas. The last answer stays until the next has come. */
export function useRanking(question: RankQuestion, seq: number) {
  const parts = [question.project, JSON.stringify(question.query), seq];
  const ranking = useQuery<Ranking, Error>({
    queryKey: ['certainty', ...parts, question.top],
    queryFn: ({ signal }) => rankIdeas(question, listed, signal),
    placeholderData: (last) => last,
    retry: false,
  });
  const names = useQuery({
    queryKey: ['certainty-names', ...parts],
    queryFn: ({ signal }) => namesOf(question, signal),
    placeholderData: (last) => last,
  });
  // What the rows of the view show: for the whole order, and so never waited for.
  const ties = useQuery({
    queryKey: ['certainty-ties', ...parts],
    queryFn: ({ signal }) => rankTies(question, signal),
    placeholderData: (last) => last,
    enabled: ranking.data !== undefined,
    retry: false,
  });
  const { session } = useProject();
  const others = useStore(session.mentions.state);
  const first = names.data;
  const nameOf = (id: number): IdeaName => {
    const { key = '', title = '…' } = first?.get(id) ?? others.get(id) ?? {};
    return { key, title };
  };
  return { ranking, ties, nameOf, named: first && ((id: number) => first.has(id)) };
}

/** Asks for the names of ideas that stand further down in the view. */
export function useNamed({ named }: Pick<CertaintyShared, 'named'>, ids: readonly number[]): void {
  const { session } = useProject();
  const missing = named ? ids.filter((id) => !named(id)).join() : '';
  useEffect(() => {
    if (missing !== '') session.mentions.want(missing.split(',').map(Number));
  }, [session, missing]);
}
