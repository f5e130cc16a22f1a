import { lazy } from 'react';
import { kindIcons } from '../kind-icons.ts';
import type { ViewKind } from '../types.ts';
import { refsOf } from './definition.ts';

/** The matrix: bubbles placed by two numbers, in four quadrants. */
export const matrix: ViewKind = {
  kind: 'matrix',
  label: 'kind.matrix',
  icon: kindIcons.matrix,
  component: lazy(() => import('./Matrix.tsx')),
  layout: lazy(() => import('./LayoutPanel.tsx')),
  refs: refsOf,
  whole: true,
};
