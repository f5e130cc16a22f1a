import { Page } from '@/ui/Page.tsx';
import { Skeleton } from '@/ui/Skeleton.tsx';
import css from './view.module.css';

/** The shape of a view before it is there. */
export function Loading() {
  return (
    <Page title="" heading={<Skeleton width="120px" height="14px" />} fill>
      <div className={css.loading} aria-hidden="true">
        {Array.from({ length: 12 }, (_, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: all alike
          <div key={at} className={css.loadingRow}>
            <Skeleton width={`${30 + ((at * 37) % 25)}%`} height="10px" />
            <Skeleton width="10%" height="10px" />
            <Skeleton width="12%" height="10px" />
          </div>
        ))}
      </div>
    </Page>
  );
}
