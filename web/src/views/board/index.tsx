import { lazy } from 'react';
import { kindIcons } from '../kind-icons.ts';
import type { ViewKind } from '../types.ts';
import { boardOf } from './layout.ts';

/** The board: cards in columns and swimlanes. */
export const board: ViewKind = {
  kind: 'board',
  label: 'kind.board',
  icon: kindIcons.board,
  component: lazy(() => import('./Board.tsx')),
  layout: lazy(() => import('./LayoutPanel.tsx')),
  refs: (definition) => {
    const { cover, images } = boardOf(definition);
    return [...(cover ? [cover] : []), ...(images ? ['coverImage'] : [])];
  },
};
