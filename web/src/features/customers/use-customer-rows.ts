import { useQueries } from '@tanstack/react-query';
import { type Customer, type CustomerFilter, customerPage } from '@/sync/customers.ts';

const size = 100;

/** The customers between two lines of a long list, asked for a page at a time. */
export interface CustomerRows {
  /** How many there are; undefined until the first answer. */
  total: number | undefined;
  at: (index: number) => Customer | undefined;
  error: Error | null;
}

/** See CustomerRows. `first` and `last` are the lines in sight. */
export function useCustomerRows(
  filter: CustomerFilter,
  { first, last }: { first: number; last: number },
): CustomerRows {
  const from = Math.max(0, Math.floor(first / size));
  const to = Math.max(from, Math.floor(last / size));
  const pages = Array.from({ length: to - from + 1 }, (_, at) => from + at);
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
      const page = Math.floor(index / size);
      return answers[page - from]?.data?.customers?.[index - page * size];
    },
    error: answers.find(({ error }) => error)?.error ?? null,
  };
}
