import { useEffect, useMemo } from 'react';
import type { SpreadOf } from '@/fields/formula/spread.ts';
import { useStore } from '@/lib/store.ts';
import { askSpreadsOf, createSpreads, type SpreadState } from '@/sync/spreads.ts';
import type { Grid } from './use-grid.ts';

/** Where the scores of the rows may lie. */
export interface ListSpreads extends SpreadState {
  of: SpreadOf;
}

/** The spreads of the visible rows' scores. The list never waits for them; without ranges nothing is asked. */
export function useSpreads(grid: Grid, items: readonly { index: number }[]): ListSpreads {
  const { ranged, seq } = grid.props.result.state;
  const { projectKey } = grid.cells;
  const spreads = useMemo(() => createSpreads(askSpreadsOf(projectKey)), [projectKey]);
  useEffect(() => () => spreads.close(), [spreads]);
  useEffect(() => {
    if (!ranged) return;
    const fields = ranged.filter((ref) => grid.columns.some(({ field }) => field.ref === ref));
    if (fields.length === 0) return;
    const ids = items.flatMap(({ index }) => grid.cells.rowAt(index)?.id ?? []);
    spreads.show({ ids, fields, seq });
  });
  const { rows, scales } = useStore(spreads.state);
  return useMemo(() => {
    const known = ranged ? rows : new Map();
    return { rows: known, scales, of: (idea, field) => known.get(idea)?.[field] };
  }, [rows, scales, ranged]);
}
