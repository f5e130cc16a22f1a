import { useEffect, useMemo, useReducer } from 'react';
import type { Overlay } from '@/sync/overlay.ts';
import { useProject } from '@/sync/project.tsx';
import type { IdeaRow } from '@/sync/types.ts';
import type { ViewResult } from '@/sync/use-result.ts';
import { shownValue } from '../shared/groups.ts';
import type { Entry } from './lanes.ts';
import { type DateFields, type Span, spanOf } from './spans.ts';

/** The ideas of a result, with and without a place on the axis. */
export interface Entries {
  dated: readonly Entry[];
  /** Ideas without a date, each once. */
  undated: readonly IdeaRow[];
  /** Spans by idea. */
  spans: ReadonlyMap<number, Span>;
  rows: ReadonlyMap<number, IdeaRow>;
  /** Every row is loaded. */
  complete: boolean;
}

/** Counts the changes of what was set here and is not confirmed. */
function useOverlayVersion(): number {
  const { overlay } = useProject().session;
  const [version, changed] = useReducer((n: number) => n + 1, 0);
  useEffect(() => overlay.subscribe(changed), [overlay]);
  return version;
}

/** Reads when the ideas of a result happen; it holds all of them, since lines are packed from all. */
export function useEntries({ window, state }: ViewResult, dates: DateFields | undefined): Entries {
  const { overlay } = useProject().session;
  const version = useOverlayVersion();
  const spans = useMemo(() => createSpans(dates), [dates]);
  return useMemo(
    () => readEntries({ window, state, spans, overlay, version }),
    [window, state, spans, overlay, version],
  );
}

interface Spans {
  dates: DateFields | undefined;
  /** Those of rows that did not change are kept: of thousands, a few change at a time. */
  known: WeakMap<IdeaRow, Span | null>;
}

function createSpans(dates: DateFields | undefined): Spans {
  return { dates, known: new WeakMap() };
}

function spanFor({ dates, known }: Spans, row: IdeaRow, overlay: Overlay): Span | undefined {
  if (!dates) return undefined;
  const pending = overlay.of(row.id);
  if (pending) return spanOf((ref) => shownValue(row, ref, pending), dates);
  let span = known.get(row);
  if (span === undefined) {
    span = spanOf((ref) => row.values[ref] ?? null, dates) ?? null;
    known.set(row, span);
  }
  return span ?? undefined;
}

interface Read extends Pick<ViewResult, 'window' | 'state'> {
  spans: Spans;
  overlay: Overlay;
  /** Of the overlay: another one is another reading. */
  version: number;
}

function readEntries({ window, state, spans: known, overlay }: Read): Entries {
  const { length, status } = state;
  const pathOf = pathFinder(state.groups);
  const dated: Entry[] = [];
  const undated: IdeaRow[] = [];
  const spans = new Map<number, Span>();
  const rows = new Map<number, IdeaRow>();
  let complete = status === 'ready';
  for (let position = 0; position < length; position += 1) {
    const row = window.row(position);
    if (!row) {
      complete = false;
      continue;
    }
    const first = !rows.has(row.id);
    rows.set(row.id, row);
    const span = spanFor(known, row, overlay);
    if (span) {
      spans.set(row.id, span);
      dated.push({ position, row, span, path: pathOf(position) });
    } else if (first) undated.push(row);
  }
  return { dated, undated, spans, rows, complete };
}

interface Leaf {
  end: number;
  path: string;
}

/** Finds the innermost group of a position; asked in ascending order. */
function pathFinder(groups: ViewResult['state']['groups']): (position: number) => string {
  const leaves: Leaf[] = [];
  for (const group of groups) {
    const key = JSON.stringify(group.key);
    if (!group.groups?.length) leaves.push({ end: group.offset + group.length, path: key });
    for (const inner of group.groups ?? [])
      leaves.push({ end: inner.offset + inner.length, path: `${key}/${JSON.stringify(inner.key)}` });
  }
  let at = 0;
  return (position) => {
    while (at < leaves.length - 1 && (leaves[at]?.end ?? 0) <= position) at += 1;
    return leaves[at]?.path ?? '';
  };
}
