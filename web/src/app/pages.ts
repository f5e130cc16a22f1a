import type { ComponentType } from 'react';
import { patterns } from '@/lib/routes.ts';
import { Home } from './Home.tsx';

/** A page and the addresses it answers. */
export interface PageRoute {
  pattern: string;
  page: ComponentType;
}

/** Every page within the frame, one line each; the first pattern that fits is shown. */
export const pages: readonly PageRoute[] = [{ pattern: patterns.home, page: Home }];
