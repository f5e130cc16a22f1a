import { useQueries, useQueryClient } from '@tanstack/react-query';
import { type Customer, type CustomerFilter, customerPage } from '@/sync/customers.ts';

const size = 100;
const abreast = 4;

/** The customers between two lines of a long list, asked for a page at a time. */
export interface CustomerRows {
  /** How many there are; undefined until the first answer. */
  total: number | undefined;
  /** Undefined for one that is not loaded. */
  at: (index: number) => Customer | undefined;
  /** Another one whenever something was loaded. */
  stamp: number;
  /** The line of a customer among those in sight. */
  indexOf: (id: number) => number | undefined;
  /** Loads the customers in these lines, in sight or not. */
  load: (first: number, last: number) => Promise<void>;
  error: Error | null;
}

const pageOf = (index: number) => Math.max(0, Math.floor(index / size));
const pagesOf = (first: number, last: number) =>
  Array.from({ length: Math.max(0, pageOf(last) - pageOf(first)) + 1 }, (_, at) => pageOf(first) + at);

/** See CustomerRows. `first` and `last` are the lines in sight. */
export function useCustomerRows(
  filter: CustomerFilter,
  { first, last }: { first: number; last: number },
): CustomerRows {
  const queries = useQueryClient();
  const pages = pagesOf(first, last);
  const answers = useQueries({
    queries: pages.map((page) => ({
      ...customerPage(filter, page * size, size),
      // While the filter changes, the same page of before; never another page.
      placeholderData: <T>(before: T | undefined, asked?: { queryKey: readonly unknown[] }) =>
        asked?.queryKey.at(-2) === page * size ? before : undefined,
    })),
  });
  const total = answers.find(({ data }) => data)?.data?.total;
  return {
    total,
    at: (index) => {
      const page = pageOf(index);
      const shown = answers[pages.indexOf(page)];
      if (shown) return shown.data?.customers?.[index - page * size];
      const { queryKey } = customerPage(filter, page * size, size);
      const kept = queries.getQueryState<{ customers: Customer[] | null }>(queryKey);
      return kept?.isInvalidated ? undefined : kept?.data?.customers?.[index - page * size];
    },
    stamp: answers.reduce((sum, { dataUpdatedAt }) => sum + dataUpdatedAt, 0),
    indexOf: (id) => {
      for (const [at, { data }] of answers.entries()) {
        const found = data?.customers?.findIndex((customer) => customer.id === id) ?? -1;
        if (found >= 0) return (pages[at] ?? 0) * size + found;
      }
      return undefined;
    },
    load: async (from, to) => {
      const wanted = pagesOf(from, to);
      const worker = async () => {
        for (let page = wanted.shift(); page !== undefined; page = wanted.shift())
          await queries.fetchQuery({
            ...customerPage(filter, page * size, size),
            staleTime: Number.POSITIVE_INFINITY,
          });
      };
      await Promise.all(Array.from({ length: abreast }, worker));
    },
    error: answers.find(({ error }) => error)?.error ?? null,
  };
}
