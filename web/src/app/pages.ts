import type { ComponentType } from 'react';
import { type LazyPart, lazyPart } from '@/lib/lazy-part.ts';
import { patterns } from '@/lib/routes.ts';
import { Home } from './Home.tsx';

/** A page and the addresses it answers. */
export interface PageRoute {
  pattern: string;
  page: ComponentType | LazyPart<object>;
}

const ViewRoute = lazyPart(() => import('./ViewRoute.tsx'));
const IdeaRoute = lazyPart(() => import('./IdeaRoute.tsx'));
const ProjectSettings = lazyPart(() => import('@/features/project/ProjectSettings.tsx'));
const Settings = lazyPart(() => import('@/features/settings/Settings.tsx'));
const InboxPage = lazyPart(() => import('@/features/inbox/InboxPage.tsx'));
const ImportPage = lazyPart(() => import('@/features/importer/ImportPage.tsx'));
const InsightsPage = lazyPart(() => import('@/features/insights/InsightsPage.tsx'));
const ActivityPage = lazyPart(() => import('@/features/activity/ActivityPage.tsx'));
const PersonPage = lazyPart(() => import('@/features/activity/PersonPage.tsx'));
const HygieneRoute = lazyPart(() => import('./HygieneRoute.tsx'));
const CaptureInsight = lazyPart(() => import('@/features/insights/CaptureInsight.tsx'));
const CustomersPage = lazyPart(() => import('@/features/customers/CustomersPage.tsx'));
const CustomerPage = lazyPart(() => import('@/features/customers/CustomerPage.tsx'));

/** Every page within the frame, one line each; the first pattern that fits is shown. */
export const pages: readonly PageRoute[] = [
  { pattern: patterns.home, page: Home },
  { pattern: patterns.inbox, page: InboxPage },
  { pattern: patterns.project, page: ViewRoute },
  { pattern: patterns.view, page: ViewRoute },
  { pattern: patterns.projectIdea, page: IdeaRoute },
  { pattern: patterns.idea, page: IdeaRoute },
  { pattern: patterns.projectSettings, page: ProjectSettings },
  { pattern: patterns.projectImport, page: ImportPage },
  { pattern: patterns.insights, page: InsightsPage },
  { pattern: patterns.activity, page: ActivityPage },
  { pattern: patterns.person, page: PersonPage },
  { pattern: patterns.hygiene, page: HygieneRoute },
  { pattern: patterns.captureInsight, page: CaptureInsight },
  { pattern: patterns.customers, page: CustomersPage },
  { pattern: patterns.customer, page: CustomerPage },
  { pattern: patterns.settings, page: Settings },
];

/** The page that answers an address. */
export function pageAt(path: string): PageRoute | undefined {
  return pages.find(({ pattern }) => matches(pattern, path));
}

function matches(pattern: string, path: string): boolean {
  const source = pattern.replace(/\/:\w+\?/g, '(?:/[^/]+)?').replace(/:\w+/g, '[^/]+');
  return new RegExp(`^${source}/?$`, 'i').test(path);
}

/** Fetches the script of the page at an address; a page that cannot be fetched says so when it is drawn. */
export async function preloadPage(path: string): Promise<void> {
  const page = pageAt(path)?.page;
  if (page && 'preload' in page) await page.preload().catch(() => undefined);
}
