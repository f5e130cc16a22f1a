import { type ComponentType, lazy } from 'react';
import { patterns } from '@/lib/routes.ts';
import { Home } from './Home.tsx';

/** A page and the addresses it answers. */
export interface PageRoute {
  pattern: string;
  page: ComponentType;
}

const ViewRoute = lazy(() => import('./ViewRoute.tsx'));
const IdeaRoute = lazy(() => import('./IdeaRoute.tsx'));
const ProjectSettings = lazy(() => import('@/features/project/ProjectSettings.tsx'));
const Settings = lazy(() => import('@/features/settings/Settings.tsx'));
const ImportPage = lazy(() => import('@/features/importer/ImportPage.tsx'));

/** Every page within the frame, one line each; the first pattern that fits is shown. */
export const pages: readonly PageRoute[] = [
  { pattern: patterns.home, page: Home },
  { pattern: patterns.project, page: ViewRoute },
  { pattern: patterns.view, page: ViewRoute },
  { pattern: patterns.projectIdea, page: IdeaRoute },
  { pattern: patterns.idea, page: IdeaRoute },
  { pattern: patterns.projectSettings, page: ProjectSettings },
  { pattern: patterns.projectImport, page: ImportPage },
  { pattern: patterns.settings, page: Settings },
];
