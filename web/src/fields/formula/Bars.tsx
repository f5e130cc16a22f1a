import { useQuery } from '@tanstack/react-query';
import { formatNumber } from '@/lib/format.ts';
import { t } from '@/lib/i18n.ts';
import { useProject } from '@/sync/project.tsx';
import { askBars } from '@/sync/spreads.ts';
import type { FieldInfo } from '@/sync/types.ts';
import css from './Explanation.module.css';

const short = (value: number) => formatNumber(value, { maximumSignificantDigits: 3 });

/** How a score is distributed, as bars; the sentence beside it says where it lies. */
export function Bars({ idea, field }: { idea: number; field: FieldInfo }) {
  const { project } = useProject();
  const { data } = useQuery({
    queryKey: ['bars', project.key, idea, field.ref],
    queryFn: ({ signal }) => askBars(project.key, { idea, field: field.ref }, signal),
    staleTime: 0,
    gcTime: 0,
  });
  const draws = data?.draws ?? [];
  const most = Math.max(1, ...draws);
  return (
    <figure className={css.bars} aria-label={t('field.formula.bars')}>
      <div className={css.plot} aria-hidden="true">
        {draws.map((count, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a bar is its place
          <span key={at} style={{ blockSize: `${(count / most) * 100}%` }} />
        ))}
      </div>
      <figcaption className={css.ends}>
        {data && (
          <>
            <span>{short(data.from)}</span>
            <span>{t('field.formula.middle', { value: short(data.middle) })}</span>
            <span>{short(data.to)}</span>
          </>
        )}
      </figcaption>
    </figure>
  );
}
