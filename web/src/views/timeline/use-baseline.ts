import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import type { Day } from '@/lib/days.ts';
import { useProject } from '@/sync/project.tsx';
import { getBaseline } from '@/sync/timeline.ts';
import type { DateFields, Span } from './spans.ts';
import { dayNumber } from './time.ts';
import type { Entries } from './use-entries.ts';

/** What was on an earlier day. */
export interface Baseline {
  date: Day | null;
  setDate: (date: Day | null) => void;
  /** The spans then, of ideas that stand elsewhere now; null where there was none. */
  was: ReadonlyMap<number, Span | null>;
  /** How many moved later, earlier, were not there or without a date, and are gone. */
  counts: { later: number; earlier: number; added: number; gone: number };
  error: Error | null;
}

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
    const was = new Map<number, Span | null>();
    const counts = { later: 0, earlier: 0, added: 0, gone: 0 };
    for (const { idea, span, gone } of date === null ? [] : (data ?? [])) {
      const then = span && {
        start: dayNumber(span.start),
        end: dayNumber(span.end),
        precision: span.precision,
      };
      const now = entries.spans.get(idea);
      if (gone) counts.gone += 1;
      else if (!then) counts.added += now ? 1 : 0;
      else if (now && (now.end > then.end || (now.end === then.end && now.start > then.start)))
        counts.later += 1;
      else if (now && (now.end < then.end || now.start < then.start)) counts.earlier += 1;
      was.set(idea, then ?? null);
    }
    return { date, setDate, was: was.size > 0 ? was : none, counts, error };
  }, [date, data, error, entries.spans]);
}
