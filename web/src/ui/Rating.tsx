import { Star } from 'lucide-react';
import { type KeyboardEvent, useState } from 'react';
import { t } from '@/lib/i18n.ts';
import css from './Rating.module.css';

/** Props of Rating. */
export interface RatingProps {
  /** 1 to max, or null for not rated. */
  value: number | null;
  /** Without it, the rating only shows. */
  onValueChange?: (value: number | null) => void;
  /** 5 unless told. */
  max?: number;
  'aria-label': string;
}

/** The value after a key: arrows step, digits set, 0, Backspace and Delete clear. Undefined for other keys. */
export function ratingAfterKey(key: string, value: number | null, max: number): number | null | undefined {
  if (key === 'ArrowRight' || key === 'ArrowUp') return Math.min(max, (value ?? 0) + 1);
  if (key === 'ArrowLeft' || key === 'ArrowDown') return value === null || value <= 1 ? null : value - 1;
  if (key === 'Home') return 1;
  if (key === 'End') return max;
  if (key === 'Backspace' || key === 'Delete' || key === '0') return null;
  const digit = /^\d$/.test(key) ? Number(key) : 0;
  return digit >= 1 && digit <= max ? digit : undefined;
}

/** Stars: click one to set, the same again to clear; arrows and digits do the same. */
export function Rating({ value, onValueChange, max = 5, 'aria-label': label }: RatingProps) {
  const [hover, setHover] = useState(0);
  const text = value === null ? t('ui.ratingNone') : t('ui.rating', { n: value, max });
  const stars = Array.from({ length: max }, (_, at) => at + 1);
  if (!onValueChange) {
    return (
      <span className={css.rating} role="img" aria-label={`${label}: ${text}`}>
        {stars.map((star) => (
          <StarMark key={star} full={star <= (value ?? 0)} />
        ))}
      </span>
    );
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.metaKey || event.ctrlKey || event.altKey) return;
    const next = ratingAfterKey(event.key, value, max);
    if (next === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    onValueChange(next);
  };
  return (
    <span
      className={css.rating}
      role="slider"
      tabIndex={0}
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={max}
      aria-valuenow={value ?? 0}
      aria-valuetext={text}
      onKeyDown={onKeyDown}
      onPointerLeave={() => setHover(0)}
      data-editable
    >
      {stars.map((star) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents: the slider around the stars has the keys
        // biome-ignore lint/a11y/noStaticElementInteractions: as above
        <span
          key={star}
          className={css.target}
          onPointerEnter={() => setHover(star)}
          onClick={() => onValueChange(star === value ? null : star)}
        >
          <StarMark full={star <= (value ?? 0)} hinted={star <= hover} />
        </span>
      ))}
    </span>
  );
}

function StarMark({ full, hinted }: { full: boolean; hinted?: boolean }) {
  return (
    <Star
      size={14}
      strokeWidth={1.5}
      className={css.star}
      data-full={full || undefined}
      data-hinted={hinted || undefined}
      aria-hidden="true"
    />
  );
}
