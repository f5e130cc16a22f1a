import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import type { Day } from '@/lib/days.ts';
import { useProject } from '@/sync/project.tsx';
import { type BaselineIdea, getBaseline } from '@/sync/timeline.ts';
import type { DateFields, Span } from './spans.ts';
import { dayNumber } from './time.ts';
import type { Entries } from './use-entries.ts';

/** What was on an earlier day. */
export interface Baseline {
  date: Day | null;
  setDate: (date: Day | null) => void;
  /** The spans then, of ideas that stand elsewhere now; null where there was none. */
  was: ReadonlyMap<number, Span | null>;
  /** The ideas that moved later, earlier, were not there or without a date, and are gone. */
  moved: Moves;
  error: Error | null;
}

/** What became of an idea since. */
export const fates = ['gone', 'later', 'earlier', 'added'] as const;

/** An idea that stood elsewhere, with where then and where now. */
export interface Move {
  idea: number;
  /** Of one that was deleted, its last. */
  key: string;
  title: string;
  from?: Span;
  to?: Span;
}

/** The ideas that stood elsewhere, by what became of them. */
export type Moves = Readonly<Record<(typeof fates)[number], readonly Move[]>>;

/** Sorts ideas that stood elsewhere by what became of them. */
export function movesOf(
  then: readonly BaselineIdea[],
  { spans, rows }: Pick<Entries, 'spans' | 'rows'>,
  project: string,
): Moves {
  const out: Record<(typeof fates)[number], Move[]> = { gone: [], later: [], earlier: [], added: [] };
  for (const { idea, span, gone, key, title } of then) {
    const from = span && spanThen(span);
    const to = spans.get(idea);
    if (gone) {
      out.gone.push({ idea, key: key ?? '', title: title ?? '', from });
      continue;
    }
    const row = rows.get(idea);
    if (!to || !row) continue;
    const move = { idea, key: `${project}-${row.number}`, title: String(row.values.title ?? ''), from, to };
    if (!from) out.added.push(move);
    else if (to.end > from.end || (to.end === from.end && to.start > from.start)) out.later.push(move);
    else if (to.end < from.end || to.start < from.start) out.earlier.push(move);
  }
  return out;
}

const spanThen = ({ start, end, precision }: NonNullable<BaselineIdea['span']>): Span => ({
  start: dayNumber(start),
  end: dayNumber(end),
  precision,
});

const none: ReadonlyMap<number, Span | null> = new Map();

/** Compares with an earlier day. */
export function useBaseline(dates: DateFields | undefined, entries: Entries): Baseline {
  const { session } = useProject();
  const [date, setDate] = useState<Day | null>(null);
  const refs = dates && { start: dates.start.ref, ...(dates.end && { end: dates.end.ref }) };
  const { data, error } = useQuery({
    enabled: date !== null && refs !== undefined,
    queryKey: ['baseline', session.key, date, refs],
    queryFn: ({ signal }) => getBaseline(session.key, { start: '', ...refs, date: date ?? '' }, signal),
  });
  return useMemo(() => {
    const then = date === null ? [] : (data ?? []);
    const was = new Map(then.map(({ idea, span }) => [idea, span ? spanThen(span) : null]));
    return {
      date,
      setDate,
      was: was.size > 0 ? was : none,
      moved: movesOf(then, { spans: entries.spans, rows: entries.rows }, session.key),
      error,
    };
  }, [date, data, error, entries.spans, entries.rows, session.key]);
}
