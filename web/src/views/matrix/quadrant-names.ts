import { t } from '@/lib/i18n.ts';
import type { MatrixLayout, Quadrants } from './definition.ts';

/** The names of the quadrants where nobody gave others: for effort across and impact upwards. */
export const quadrantNames = {
  lowHigh: 'matrix.quadrant.lowHigh',
  highHigh: 'matrix.quadrant.highHigh',
  lowLow: 'matrix.quadrant.lowLow',
  highLow: 'matrix.quadrant.highLow',
} as const;

/** One of four: low or high along X, then along Y. */
export type Quadrant = keyof typeof quadrantNames;

/** How a quadrant is called. */
export function quadrantName(quadrants: Quadrants | undefined, which: Quadrant): string {
  return quadrants?.[which] || t(quadrantNames[which]);
}

/** The layout with its axes exchanged; each quadrant keeps the name that fits the ideas in it. */
export function swapped({ x, y, quadrants, ...rest }: MatrixLayout): MatrixLayout {
  const { x: atX, y: atY, ...same } = quadrants ?? {};
  const named = {
    lowHigh: quadrantName(quadrants, 'highLow'),
    highLow: quadrantName(quadrants, 'lowHigh'),
    ...(atY === undefined ? {} : { x: atY }),
    ...(atX === undefined ? {} : { y: atX }),
  };
  return { ...rest, x: y, y: x, quadrants: { ...same, ...named } };
}
