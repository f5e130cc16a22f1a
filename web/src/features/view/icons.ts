import {
  CalendarClock,
  CalendarRange,
  CircleHelp,
  Flag,
  Gauge,
  Heart,
  Layers,
  Lightbulb,
  List,
  type LucideIcon,
  Map as MapIcon,
  Network,
  Rocket,
  Scale,
  Star,
  Target,
  User,
  Users,
  Zap,
} from 'lucide-react';
import { kindIcon } from '@/views/kind-icons.ts';

/** The icons that a view may have, by the names under which they are saved. */
export const viewIcons = {
  list: List,
  map: MapIcon,
  gauge: Gauge,
  zap: Zap,
  layers: Layers,
  'calendar-clock': CalendarClock,
  'calendar-range': CalendarRange,
  user: User,
  users: Users,
  scale: Scale,
  target: Target,
  flag: Flag,
  star: Star,
  heart: Heart,
  lightbulb: Lightbulb,
  rocket: Rocket,
  network: Network,
  'circle-help': CircleHelp,
} as const satisfies Record<string, LucideIcon>;

/** The name of one of them. */
export type ViewIconName = keyof typeof viewIcons;

/** All names, in the order in which they are offered. */
export const viewIconNames = Object.keys(viewIcons) as ViewIconName[];

/** The icon of a view: the chosen one, else that of its kind. */
export function viewIcon(view: { icon?: string; kind: string }): LucideIcon {
  const name = viewIconNames.find((each) => each === view.icon);
  return name ? viewIcons[name] : kindIcon(view.kind);
}

/** The name of a saved icon; the list's for none, and for a sign or a name that is not among them. */
export function viewIconName(saved: string | undefined): ViewIconName {
  return viewIconNames.find((name) => name === saved) ?? 'list';
}
