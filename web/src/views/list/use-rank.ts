import { useMemo } from 'react';
import { t } from '@/lib/i18n.ts';
import { useLatest } from '@/lib/latest.ts';
import type { PendingValue } from '@/sync/overlay.ts';
import { useProject } from '@/sync/project.tsx';
import { type ProjectSession, patchOf } from '@/sync/project-session.ts';
import type { CellValue, FieldInfo, IdeaPatch, IdeaRow } from '@/sync/types.ts';
import { toast } from '@/ui/Toast.tsx';
import { canEnterGroups, shownValue, valueInGroup } from './columns.ts';
import { type Cells, rowAt } from './edits.ts';
import type { Item } from './layout.ts';
import type { Grid } from './use-grid.ts';

/** Moving ideas by hand. */
export interface Rank {
  /** Moves the active idea one line up (-1) or down (1). */
  step: (by: -1 | 1) => void;
  /** Moves ideas to stand before (or behind) the line with that number. */
  moveTo: (ids: readonly number[], item: number, side: 'before' | 'after') => void;
}

/** The keys of the group that a line belongs to, from its path. */
export function keysOf(path: string): CellValue[] {
  if (path === '') return [];
  const keys: CellValue[] = [];
  let rest = path;
  // Keys are JSON joined by "/", which a text may hold as well: the shortest readable part is a key.
  while (rest !== '') {
    let end = rest.indexOf('/');
    for (;;) {
      const part = end < 0 ? rest : rest.slice(0, end);
      try {
        keys.push(JSON.parse(part) as CellValue);
        break;
      } catch {
        if (end < 0) return keys;
        end = rest.indexOf('/', end + 1);
      }
    }
    rest = end < 0 ? '' : rest.slice(end + 1);
  }
  return keys;
}

/** The values that put an idea into the group of a line; undefined when a field of the grouping cannot be written. */
export function groupValues(
  fields: readonly FieldInfo[],
  row: IdeaRow,
  from: readonly CellValue[],
  to: readonly CellValue[],
): PendingValue[] | FieldInfo {
  const values: PendingValue[] = [];
  for (const [at, field] of fields.entries()) {
    const [source, target] = [from[at] ?? null, to[at] ?? null];
    if (at >= to.length || JSON.stringify(source) === JSON.stringify(target)) continue;
    if (!canEnterGroups(field)) return field;
    const now = shownValue(row, field.ref, undefined);
    values.push({ id: row.id, ref: field.ref, value: valueInGroup(field, target, now, source) });
  }
  return values;
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
      const fields = (query.group ?? []).flatMap((group) => byRef(group.field) ?? []);
      const moved = movedRows(now.cells, ids);
      const to = keysOf(pathOfLine(target));
      const writes = moved.map(({ row, path }) => groupValues(fields, row, keysOf(path), to));
      const fixed = writes.find((write): write is FieldInfo => !Array.isArray(write));
      if (fixed) {
        toast({ title: t('list.groupFixed', { field: fixed.name }), tone: 'error' });
        return;
      }
      const values = writes.flat() as PendingValue[];
      const neighbour = rowAt(now.cells, item);
      const sorted = query.sort?.[0];
      if (sorted) {
        if (values.length === 0) tellSorted(now, byRef(sorted.field)?.name ?? sorted.field);
        else void session.setValues(values);
        return;
      }
      const move = neighbour && !ids.includes(neighbour.id) ? { [side]: neighbour.id } : undefined;
      void writeMove(
        session,
        moved.map(({ row }) => row.id),
        values,
        move,
      ).then((group) => {
        if (group !== undefined) now.say(t('list.did.moved', { n: item + 1 }));
      });
    };
    return {
      moveTo,
      step: (by) => {
        const { grid: now } = latest();
        const { active } = now.state;
        const row = active && rowAt(now.cells, active.item);
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
  return ids.flatMap((id) => found.get(id) ?? []);
}

/** Writes a move with what it changes; ideas that change alike go in one step. */
async function writeMove(
  session: ProjectSession,
  ids: readonly number[],
  values: readonly PendingValue[],
  move: IdeaPatch['move'],
): Promise<string | undefined> {
  if (!move) return session.setValues(values);
  const patchFor = (id: number): IdeaPatch => ({
    ...patchOf(values.filter((value) => value.id === id)),
    move,
  });
  const [only] = ids;
  if (only !== undefined && ids.length === 1) return session.patch(only, patchFor(only));
  const patches = new Set(ids.map((id) => JSON.stringify(patchFor(id))));
  const [same] = ids.map(patchFor);
  if (patches.size === 1 && same) return (await session.change({ ids: [...ids] }, same))?.group;
  const moved = await session.change({ ids: [...ids] }, { move });
  if (moved) await session.setValues(values);
  return moved?.group;
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
