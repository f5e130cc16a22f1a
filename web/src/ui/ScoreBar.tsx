import { formatNumber } from '@/lib/format.ts';
import { t } from '@/lib/i18n.ts';
import css from './ScoreBar.module.css';

/** Props of ScoreBar. */
export interface ScoreBarProps {
  /** The number; null when there is none, with `reason` saying why. */
  value: number | null;
  /** What fills the bar; 100 unless told. */
  max?: number;
  /** Inputs are missing and counted as 0. */
  incomplete?: boolean;
  /** Number of decimals; up to 1 unless told. */
  decimals?: number;
}

/** A score as a number and a bar, readable at a glance down a column. */
export function ScoreBar({ value, max = 100, incomplete, decimals }: ScoreBarProps) {
  if (value === null) return <span className={css.none}>–</span>;
  const share = max > 0 ? Math.min(1, Math.max(0, value / max)) : 0;
  const digits =
    decimals === undefined
      ? { maximumFractionDigits: 1 }
      : { minimumFractionDigits: decimals, maximumFractionDigits: decimals };
  const text = formatNumber(value, digits);
  return (
    <span className={css.score} data-incomplete={incomplete || undefined}>
      <span className={css.number}>
        <span className="visually-hidden">{t('ui.score', { score: text })}</span>
        <span aria-hidden="true">{text}</span>
      </span>
      <span className={css.track} aria-hidden="true">
        <span className={css.fill} style={{ inlineSize: `${share * 100}%` }} />
      </span>
    </span>
  );
}
