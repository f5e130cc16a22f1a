import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { client, send } from '@/api/client.ts';
import { headersOf, newGroup } from '@/sync/calls.ts';
import type { Customer } from '@/sync/customers.ts';
import { evidenceKey } from '@/sync/insights-live.ts';
import { useProject } from '@/sync/project.tsx';
import type { CellValue } from '@/sync/types.ts';
import { toastFailure } from '@/ui/Toast.tsx';
import { type Column, settable } from './columns.ts';

/** Customers' values as they are shown and set: what was set stands there at once, and each is a step for undo. */
export interface Cells {
  value: (customer: Customer, column: Column) => CellValue;
  set: (customer: Customer, column: Column, value: CellValue) => void;
}

const name = (customer: Customer, column: Column) => `${customer.id}:${column.key}`;

/** See Cells. */
export function useCells(): Cells {
  const { session } = useProject();
  const queries = useQueryClient();
  const [pending, setPending] = useState<ReadonlyMap<string, { value: CellValue }>>(new Map());
  const value = (customer: Customer, column: Column) =>
    (pending.get(name(customer, column)) ?? { value: column.read(customer) }).value;
  const write = async (customer: Customer, column: Column, next: CellValue) => {
    const key = name(customer, column);
    const mine = { value: next };
    setPending((last) => new Map(last).set(key, mine));
    const group = newGroup();
    try {
      await send(
        client.PATCH('/customers/{customer}', {
          params: { path: { customer: customer.id } },
          body: column.patch(next),
          headers: headersOf(group),
        }),
      );
      session.undoStack.push(group);
    } catch (error) {
      toastFailure(error);
    }
    await queries.invalidateQueries({ queryKey: evidenceKey });
    setPending((last) => {
      if (last.get(key) !== mine) return last;
      const rest = new Map(last);
      rest.delete(key);
      return rest;
    });
  };
  return {
    value,
    set: (customer, column, next) => {
      if (settable(column, customer) && next !== value(customer, column)) void write(customer, column, next);
    },
  };
}
