import { lazy } from 'react';
import { kindIcons } from '../kind-icons.ts';
import type { ViewKind } from '../types.ts';
import { refsOf } from './definition.ts';

/** The tree: ideas under their parents, drawn or as an outline. */
export const tree: ViewKind = {
  kind: 'tree',
  label: 'kind.tree',
  icon: kindIcons.tree,
  component: lazy(() => import('./Tree.tsx')),
  layout: lazy(() => import('./LayoutPanel.tsx')),
  refs: refsOf,
  whole: true,
  tree: true,
};
