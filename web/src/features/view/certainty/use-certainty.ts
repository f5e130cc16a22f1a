import { useQuery } from '@tanstack/react-query';
import {
  type IdeaName,
  namesOf,
  type Ranking,
  type RankQuestion,
  rankIdeas,
  rankTies,
} from '@/sync/certainty.ts';

/** How many ideas the panel lists. */
export const listed = 60;

/** What the panel's parts share. */
export interface CertaintyShared {
  question: RankQuestion;
  /** Changes with the project's ideas. */
  seq: number;
  nameOf: (id: number) => IdeaName;
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
  const nameOf = (id: number): IdeaName => names.data?.get(id) ?? { key: '', title: '…' };
  return { ranking, ties, nameOf };
}
