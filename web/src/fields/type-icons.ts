import {
  Bug,
  ClipboardList,
  Compass,
  Flag,
  FlaskConical,
  Gauge,
  Layers,
  Lightbulb,
  MessageSquare,
  Puzzle,
  Rocket,
  Shapes,
  ShieldCheck,
  Star,
  Target,
  Users,
  Wrench,
} from 'lucide-react';
import type { LucideIcon } from '@/ui/Icon.tsx';

/** The icons a type of ideas can have, by the names the server knows. */
export const typeIcons: Readonly<Record<string, LucideIcon>> = {
  target: Target,
  compass: Compass,
  lightbulb: Lightbulb,
  flask: FlaskConical,
  clipboard: ClipboardList,
  flag: Flag,
  bug: Bug,
  star: Star,
  puzzle: Puzzle,
  users: Users,
  message: MessageSquare,
  wrench: Wrench,
  rocket: Rocket,
  shield: ShieldCheck,
  gauge: Gauge,
  layers: Layers,
};

/** The icon of a type of ideas. */
export function typeIcon(name: string | undefined): LucideIcon {
  return typeIcons[name ?? ''] ?? Shapes;
}
