import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { client, send } from '@/api/client.ts';
import type { components } from '@/api/schema.d.ts';
import { inWindows } from './in-windows.ts';
import { evidenceKey } from './insights-live.ts';

/** A company or a person whose voice counts. */
export type Customer = components['schemas']['Customer'];
/** What the workspace notes of its customers. */
export type CustomerField = components['schemas']['CustomerField'];
/** A company, or a person. */
export type CustomerType = 'company' | 'person';

/** The fields of customers, in their order; empty until they are loaded. */
export function useCustomerFields(): readonly CustomerField[] {
  const { data } = useQuery({
    queryKey: [...evidenceKey, 'customer-fields'],
    queryFn: async ({ signal }) => (await send(client.GET('/customer-fields', { signal }))).fields ?? [],
  });
  return data ?? [];
}

/** Which customers a long list holds, and how they are sorted. */
export interface CustomerFilter {
  type?: CustomerType;
  text: string;
  /** A filter as views have it, in JSON. */
  filter?: string;
  /** What it is sorted by, the strongest first, such as `-f17,name`. */
  sort?: string;
}

/** The question for one page of a long list of customers. */
export function customerPage({ type, text, filter, sort }: CustomerFilter, offset: number, limit: number) {
  return {
    queryKey: [...evidenceKey, 'customers', 'page', type, text, filter, sort, offset, limit],
    queryFn: ({ signal }: { signal: AbortSignal }) =>
      send(
        client.GET('/customers', {
          params: {
            query: {
              q: text,
              offset,
              limit,
              ...(type ? { type } : {}),
              ...(filter ? { filter } : {}),
              ...(sort ? { sort } : {}),
            },
          },
          signal,
        }),
      ),
  };
}

/** Which customers are wanted. */
export interface CustomerWindow {
  type?: CustomerType;
  text: string;
  sort?: string;
  limit: number;
  enabled?: boolean;
}

/** Customers that match, by name unless sorted otherwise. */
export function useCustomers({ type, text, sort, limit, enabled = true }: CustomerWindow) {
  return useQuery({
    enabled,
    queryKey: [...evidenceKey, 'customers', type, text, sort, limit],
    placeholderData: keepPreviousData,
    queryFn: async ({ signal }) => {
      const { rows, total } = await inWindows({ limit, most: 500 }, async (offset, most) => {
        const own = { ...(type ? { type } : {}), ...(sort ? { sort } : {}) };
        const query = { q: text, offset, limit: most, ...own };
        const answer = await send(client.GET('/customers', { params: { query }, signal }));
        return { rows: answer.customers ?? [], total: answer.total };
      });
      return { customers: rows, total };
    },
  });
}

/** One customer with what they said. */
export function useCustomer(customer: number) {
  return useQuery({
    queryKey: [...evidenceKey, 'customer', customer],
    queryFn: ({ signal }) =>
      send(client.GET('/customers/{customer}', { params: { path: { customer } }, signal })),
  });
}
