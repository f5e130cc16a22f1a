import { ChartGantt, ChartScatter, List, type LucideIcon, Network, SquareKanban } from 'lucide-react';

/** The icons of the kinds of views, apart from the kinds: the sidebar shows them before any view is loaded. */
export const kindIcons = {
  list: List,
  board: SquareKanban,
  matrix: ChartScatter,
  timeline: ChartGantt,
  tree: Network,
} as const satisfies Record<string, LucideIcon>;

/** The icon of a kind by its name on the wire; the list's for one that this app does not know. */
export function kindIcon(kind: string): LucideIcon {
  return kind in kindIcons ? kindIcons[kind as keyof typeof kindIcons] : List;
}
