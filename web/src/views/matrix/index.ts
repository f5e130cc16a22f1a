import { ChartScatter } from 'lucide-react';
import { lazy } from 'react';
import type { ViewKind } from '../types.ts';
import { refsOf } from './definition.ts';

/** The matrix: bubbles placed by two numbers, in four quadrants. */
export const matrix: ViewKind = {
  kind: 'matrix',
  label: 'matrix.kind',
  icon: ChartScatter,
  component: lazy(() => import('./Matrix.tsx')),
  layout: lazy(() => import('./LayoutPanel.tsx')),
  refs: refsOf,
  whole: true,
};
