import { useMemo } from 'react';
import { t } from '@/lib/i18n.ts';
import { useLatest } from '@/lib/latest.ts';
import type { PendingValue } from '@/sync/overlay.ts';
import { useProject } from '@/sync/project.tsx';
import type { FieldInfo, IdeaRow } from '@/sync/types.ts';
import { toast } from '@/ui/Toast.tsx';
import { afterwards } from '../shared/afterwards.ts';
import { groupingsOf, groupValues, keysOf } from '../shared/groups.ts';
import type { Cells } from './edits.ts';
import type { Item } from './layout.ts';
import type { Grid } from './use-grid.ts';

/** Moving ideas by hand. */
export interface Rank {
  /** Moves the active idea one line up (-1) or down (1). */
  step: (by: -1 | 1) => void;
  /** Moves ideas to stand before (or behind) the line with that number. */
  moveTo: (ids: readonly number[], item: number, side: 'before' | 'after') => void;
}

function pathOfLine(line: Item | undefined): string {
  return line?.path ?? '';
}

/** Moves ideas in the manual order and between groups. */
export function useRank(grid: Grid): Rank {
  const { field, session } = useProject();
  const latest = useLatest({ grid, field });
  return useMemo(() => {
    const moveTo: Rank['moveTo'] = (ids, item, side) => {
      const { grid: now, field: byRef } = latest();
      const { query } = now.props.definition;
      const target = now.layout.at(item);
      const groupings = groupingsOf(query.group, byRef);
      const moved = movedRows(now.cells, ids);
      const to = keysOf(pathOfLine(target));
      const writes = moved.map(({ row, path }) =>
        groupValues(groupings, { row, pending: session.overlay.of(row.id), from: keysOf(path), to }),
      );
      const fixed = writes.find((write): write is FieldInfo => !Array.isArray(write));
      if (fixed) {
        toast({ title: t('list.groupFixed', { field: fixed.name }), tone: 'error' });
        return;
      }
      const values = writes.flat() as PendingValue[];
      const tell = (group: string | undefined) => {
        if (group === undefined) return;
        const title = t('list.did.moved', { n: item + 1 });
        now.say(title);
        toast({ title, ...afterwards(session, group) });
      };
      const neighbour = now.cells.rowAt(item);
      const sorted = query.sort?.[0];
      if (sorted) {
        if (values.length === 0) tellSorted(now, byRef(sorted.field)?.name ?? sorted.field);
        else void session.setValues(values).then(tell);
        return;
      }
      const move =
        neighbour && !ids.includes(neighbour.id) ? { [side]: neighbour.id, rank: query.rank } : undefined;
      void session.move({ ids: moved.map(({ row }) => row.id), values, move }).then(tell);
    };
    return {
      moveTo,
      step: (by) => {
        const { grid: now } = latest();
        const { active } = now.state;
        const row = active && now.cells.rowAt(active.item);
        if (!active || !row) return;
        let next = active.item + by;
        // Lines that add and headings lie between groups: going past them enters the next group.
        while (now.layout.at(next) && now.layout.at(next)?.kind !== 'row') next += by;
        if (now.layout.at(next)) moveTo([row.id], next, by < 0 ? 'before' : 'after');
      },
    };
  }, [session, latest]);
}

function movedRows(cells: Cells, ids: readonly number[]): { row: IdeaRow; path: string }[] {
  const found = new Map<number, { row: IdeaRow; path: string }>();
  for (const { position, row } of cells.window.loaded()) {
    if (!ids.includes(row.id) || found.has(row.id)) continue;
    const index = cells.layout.indexOf(position);
    found.set(row.id, { row, path: index === undefined ? '' : pathOfLine(cells.layout.at(index)) });
  }
  // As they stand in the list, whichever was chosen first.
  return [...found.values()];
}

function tellSorted(grid: Grid, name: string): void {
  const { definition, onChange } = grid.props;
  toast({
    id: 'list.sorted',
    title: t('list.sorted', { field: name }),
    description: t('list.sortedHow'),
    action: {
      label: t('list.unsort'),
      onClick: () => onChange({ query: { ...definition.query, sort: [] } }),
    },
  });
}
