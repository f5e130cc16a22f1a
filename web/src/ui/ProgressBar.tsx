import { Progress as Base } from '@base-ui/react/progress';
import { formatNumber } from '@/lib/format.ts';
import { t } from '@/lib/i18n.ts';
import css from './ProgressBar.module.css';

/** Props of ProgressBar. */
export interface ProgressBarProps {
  /** What is being done. */
  label: string;
  /** How much is done; null while the whole is unknown. */
  done: number | null;
  total: number;
  /** Show "12 of 40" beside the label. */
  showCount?: boolean;
}

/** How far work has come, in real numbers. */
export function ProgressBar({ label, done, total, showCount }: ProgressBarProps) {
  const count =
    done === null ? '' : t('ui.progress', { done: formatNumber(done), total: formatNumber(total) });
  return (
    <Base.Root className={css.root} value={done} max={Math.max(total, 1)} getAriaValueText={() => count}>
      <div className={css.head}>
        <Base.Label>{label}</Base.Label>
        {showCount && <span className={css.count}>{count}</span>}
      </div>
      <Base.Track className={css.track}>
        <Base.Indicator className={css.fill} />
      </Base.Track>
    </Base.Root>
  );
}
