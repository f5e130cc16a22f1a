import { Network } from 'lucide-react';
import { lazy } from 'react';
import type { ViewKind } from '../types.ts';
import { refsOf } from './definition.ts';

/** The tree: ideas under their parents, drawn or as an outline. */
export const tree: ViewKind = {
  kind: 'tree',
  label: 'tree.kind',
  icon: Network,
  component: lazy(() => import('./Tree.tsx')),
  layout: lazy(() => import('./LayoutPanel.tsx')),
  refs: refsOf,
  whole: true,
  tree: true,
};
