import { Skeleton } from '@/ui/Skeleton.tsx';
import css from './Loading.module.css';

/** The shape of a board before it is there. */
export function Loading() {
  return (
    <div className={css.loading} aria-hidden="true">
      {[4, 6, 3, 5].map((cards) => (
        <div key={cards} className={css.column}>
          <Skeleton width="40%" height="12px" />
          {Array.from({ length: cards }, (_, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: all alike
            <Skeleton key={at} width="100%" height="84px" />
          ))}
        </div>
      ))}
    </div>
  );
}
