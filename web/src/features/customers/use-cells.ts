import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo, useReducer, useState } from 'react';
import { client, send } from '@/api/client.ts';
import { headersOf, newGroup } from '@/sync/calls.ts';
import type { Customer } from '@/sync/customers.ts';
import { evidenceKey } from '@/sync/insights-live.ts';
import { createOverlay, type PendingValue } from '@/sync/overlay.ts';
import { useProject } from '@/sync/project.tsx';
import type { CellValue, Ref } from '@/sync/types.ts';
import type { Column } from './columns.ts';

const most = 2000;

/** How a write went. */
export interface Written {
  group: string;
  /** Customers that are as they were, and why the first of them is. */
  refused: number;
  reason?: string;
}

/** Customers' values as they are shown and set: what was set stands there at once, and each write is a step for undo. */
export interface Cells {
  value: (customer: Customer, column: Column) => CellValue;
  /** A customer's values that are on their way; the same object until they change. */
  pending: (id: number) => Readonly<Record<Ref, CellValue>> | undefined;
  /** Writes values; undefined when nothing could be written, which the person is told. */
  set: (values: readonly PendingValue[], columns: readonly Column[]) => Promise<Written | undefined>;
}

type Change = { id: number; values?: Record<string, unknown> } & Record<string, unknown>;

/** One change for each customer that values are of. */
export function changesOf(values: readonly PendingValue[], columns: readonly Column[]): Change[] {
  const byId = new Map<number, Change>();
  for (const { id, ref, value } of values) {
    const patch = columns.find(({ field }) => field.ref === ref)?.patch(value);
    if (!patch) continue;
    const change = byId.get(id) ?? { id };
    byId.set(id, {
      ...change,
      ...patch,
      ...(change.values || patch.values
        ? { values: { ...change.values, ...(patch.values as Record<string, unknown>) } }
        : {}),
    });
  }
  return [...byId.values()];
}

async function sendAll(group: string, changes: Change[]) {
  let changed = 0;
  let refused = 0;
  let reason: string | undefined;
  for (let at = 0; at < changes.length; at += most) {
    const done = await send(
      client.PATCH('/customers', {
        body: { customers: changes.slice(at, at + most) },
        headers: headersOf(group),
      }),
    );
    changed += done.changed;
    refused += done.problems?.length ?? 0;
    reason ??= done.problems?.[0]?.message;
  }
  if (changed === 0 && reason !== undefined) throw new Error(reason);
  return { group, refused, reason };
}

/** See Cells. */
export function useCells(): Cells {
  const { session } = useProject();
  const queries = useQueryClient();
  const [overlay] = useState(createOverlay);
  const [, redraw] = useReducer((n: number) => n + 1, 0);
  useEffect(() => overlay.subscribe(redraw), [overlay]);
  return useMemo(() => {
    const cells: Cells = {
      pending: overlay.of,
      value: (customer, column) => {
        const pending = overlay.of(customer.id)?.[column.field.ref];
        return pending === undefined ? column.read(customer) : pending;
      },
      set: async (values, columns) => {
        if (values.length === 0) return undefined;
        const key = newGroup();
        overlay.put(key, values);
        const done = await session.act(
          (group) => sendAll(group, changesOf(values, columns)),
          () => void cells.set(values, columns),
        );
        await queries.invalidateQueries({ queryKey: evidenceKey });
        overlay.drop(key);
        return done;
      },
    };
    return cells;
  }, [overlay, session, queries]);
}
