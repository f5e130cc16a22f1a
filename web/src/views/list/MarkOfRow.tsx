import { t } from '@/lib/i18n.ts';
import type { RowMark } from '../types.ts';
import css from './certainty.module.css';

/** How sure the place of a row is: its part of a bracket, and whether it still fits. `id` names the row. */
export function MarkOfRow({ id, mark }: { id: string; mark: RowMark }) {
  const { tie, tied = 0, end, fits } = mark;
  return (
    <span id={`${id}-mark`}>
      {tie && (
        <span className={css.tie} data-tie={tie} title={t('list.tie')}>
          <span className="visually-hidden">{t('list.tied', { n: tied })}</span>
        </span>
      )}
      {fits !== undefined && (
        <span className={css.fits} data-end={end} title={t('certainty.fitsWhy')}>
          {end ? t('list.capacityEnds', { chance: fits }) : t('certainty.fits', { chance: fits })}
        </span>
      )}
    </span>
  );
}
