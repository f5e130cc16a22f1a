import {
  ArrowDown,
  ArrowUp,
  Check,
  Clock,
  Flag,
  Flame,
  type LucideIcon,
  Star,
  TriangleAlert,
} from 'lucide-react';

/** The marks that formats of fields set, by the names of the server. */
export const formatIconNames = [
  'flag',
  'star',
  'alert',
  'check',
  'flame',
  'clock',
  'arrow-up',
  'arrow-down',
] as const;

/** The name of a mark. */
export type FormatIconName = (typeof formatIconNames)[number];

/** How each mark looks. */
export const formatIcons: Record<FormatIconName, LucideIcon> = {
  flag: Flag,
  star: Star,
  alert: TriangleAlert,
  check: Check,
  flame: Flame,
  clock: Clock,
  'arrow-up': ArrowUp,
  'arrow-down': ArrowDown,
};

/** A mark by its name on the wire; undefined for one that this app does not know. */
export function formatIcon(name: string | undefined): FormatIconName | undefined {
  return formatIconNames.find((each) => each === name);
}
