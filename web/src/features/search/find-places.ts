import { Folder, LayoutList } from 'lucide-react';
import { useMemo } from 'react';
import { useLocation } from 'wouter';
import { usePaletteSource } from '@/actions/react.tsx';
import type { PaletteSource } from '@/actions/types.ts';
import { t } from '@/lib/i18n.ts';
import { paths } from '@/lib/routes.ts';
import { useOptionalProject, useWorkspace } from '@/sync/project.tsx';

const most = 6;

/** As fuzzyFilter does, which comes with the palette: a first visit goes without. */
async function fitting<T>(items: readonly T[], query: string, textOf: (item: T) => string): Promise<T[]> {
  const { fuzzyFilter } = await import('@/actions/search.ts');
  return fuzzyFilter(items, query, textOf);
}

/** Views of the open project, and projects, in the palette. */
export function useFindPlaces(): void {
  const [, go] = useLocation();
  const around = useOptionalProject();
  const { workspace } = useWorkspace();
  const views = useMemo<PaletteSource>(
    () => ({
      id: 'views',
      title: () => t('shell.views'),
      search: async (query) =>
        (await fitting(around?.views ?? [], query, (view) => view.name)).slice(0, most).map((view) => ({
          id: String(view.id),
          title: view.name,
          hint: around?.project.name,
          icon: LayoutList,
          run: () => go(paths.view(around?.project.key ?? '', view.id)),
        })),
    }),
    [around, go],
  );
  const projects = useMemo<PaletteSource>(
    () => ({
      id: 'projects',
      title: () => t('shell.projects'),
      search: async (query) =>
        (await fitting(workspace?.projects ?? [], query, (project) => `${project.name} ${project.key}`))
          .slice(0, most)
          .map((project) => ({
            id: project.key,
            title: project.name,
            hint: project.key,
            icon: Folder,
            run: () => go(paths.project(project.key)),
          })),
    }),
    [workspace, go],
  );
  usePaletteSource(views);
  usePaletteSource(projects);
}
