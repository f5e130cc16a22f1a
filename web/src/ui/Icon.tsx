import type { LucideIcon } from 'lucide-react';

export type { LucideIcon };

/** Props of Icon. */
export interface IconProps {
  /** The drawing, from lucide-react. */
  of: LucideIcon;
  /** Edge length in px; 16 unless told. */
  size?: number;
  className?: string;
}

/** One icon in the interface's one stroke width. It is decoration: the control around it carries the name. */
export function Icon({ of: Drawing, size = 16, className }: IconProps) {
  return (
    <Drawing size={size} strokeWidth={1.75} absoluteStrokeWidth className={className} aria-hidden="true" />
  );
}
