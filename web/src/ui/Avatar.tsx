import { colorOf } from '@/lib/colors.ts';
import { cx } from '@/lib/cx.ts';
import css from './Avatar.module.css';

/** Props of Avatar. */
export interface AvatarProps {
  name: string;
  /** A picture's address. */
  src?: string;
  /** Diameter in px; 20 unless told. */
  size?: 16 | 20 | 24 | 32 | 48;
  /** The name stands beside it: leave the picture out for screen readers. */
  decorative?: boolean;
  className?: string;
}

/** The first letters of a name: of its first and last word, or the first letter of a single word. */
export function initials(name: string): string {
  const words = name.trim().split(/\s+/u).filter(Boolean);
  const first = [...(words[0] ?? '?')][0] ?? '?';
  const last = words.length > 1 ? ([...(words.at(-1) ?? '')][0] ?? '') : '';
  return (first + last).toLocaleUpperCase();
}

/** A person as a round picture, or as initials in a colour that is always theirs. */
export function Avatar({ name, src, size = 20, decorative, className }: AvatarProps) {
  const named = decorative ? { 'aria-hidden': true } : { role: 'img', 'aria-label': name };
  return (
    <span
      className={cx(css.avatar, className)}
      data-size={size}
      data-option-color={colorOf(name)}
      title={name}
      {...named}
    >
      {src ? <img src={src} alt="" className={css.image} loading="lazy" /> : initials(name)}
    </span>
  );
}

/** Several people as overlapping pictures; those who do not fit are counted. */
export function AvatarStack({
  names,
  max = 3,
  size = 20,
  more = 0,
  decorative,
}: {
  names: string[];
  max?: number;
  size?: 20 | 24;
  /** How many there are beside those named. */
  more?: number;
  /** The names are told beside it. */
  decorative?: boolean;
}) {
  const all = names.length + more;
  const shown = all > max ? names.slice(0, max - 1) : names;
  const rest = all - shown.length;
  return (
    <span
      className={css.stack}
      {...(decorative
        ? { 'aria-hidden': true }
        : { role: 'img', 'aria-label': names.join(', '), title: names.join('\n') })}
    >
      {shown.map((name) => (
        <Avatar key={name} name={name} size={size} decorative />
      ))}
      {rest > 0 && (
        <span className={css.avatar} data-size={size} data-option-color="gray">
          +{rest}
        </span>
      )}
    </span>
  );
}
