import type { ReactNode } from 'react';
import { Banner } from '@/ui/Banner.tsx';
import { Skeleton } from '@/ui/Skeleton.tsx';
import css from './settings.module.css';

/** Props of Listing. */
export interface ListingProps<T> {
  /** The name of the list for screen readers. */
  label: string;
  /** Undefined until it is loaded. */
  items: readonly T[] | undefined;
  error: Error | null;
  /** What stands where there is nothing. */
  empty: ReactNode;
  children: (item: T) => ReactNode;
}

/** A list from the server: on its way, refused, empty, or there. */
export function Listing<T>({ label, items, error, empty, children }: ListingProps<T>) {
  if (!items) return error ? <Banner tone="danger">{error.message}</Banner> : <Skeleton height="96px" />;
  if (items.length === 0) return empty;
  return (
    <ul className={css.list} aria-label={label}>
      {items.map(children)}
    </ul>
  );
}
