import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import type { OptionColor } from '@/lib/colors.ts';
import { cx } from '@/lib/cx.ts';
import { t } from '@/lib/i18n.ts';
import { Icon } from './Icon.tsx';
import css from './OptionChip.module.css';

/** Props of OptionChip. */
export interface OptionChipProps {
  label: string;
  /** gray unless told. */
  color?: OptionColor;
  /** Before the label: an emoji, an avatar. */
  leading?: ReactNode;
  /** Adds a button that takes it away. */
  onRemove?: () => void;
  className?: string;
}

/** A coloured name: an option, a label, a status. */
export function OptionChip({ label, color = 'gray', leading, onRemove, className }: OptionChipProps) {
  return (
    <span className={cx(css.chip, className)} data-option-color={color} title={label}>
      {leading}
      <span className={css.label}>{label}</span>
      {onRemove && (
        <button
          type="button"
          className={css.remove}
          aria-label={t('ui.removeItem', { name: label })}
          onClick={onRemove}
        >
          <Icon of={X} size={12} />
        </button>
      )}
    </span>
  );
}

/** The colour alone, as a dot beside a name. */
export function ColorDot({ color }: { color: OptionColor }) {
  return <span className={css.dot} data-option-color={color} aria-hidden="true" />;
}
