import { Folder, LayoutList } from 'lucide-react';
import { useMemo } from 'react';
import { useLocation } from 'wouter';
import { usePaletteSource } from '@/actions/react.tsx';
import { fuzzyFilter } from '@/actions/search.ts';
import type { PaletteSource } from '@/actions/types.ts';
import { t } from '@/lib/i18n.ts';
import { paths } from '@/lib/routes.ts';
import { useOptionalProject, useWorkspace } from '@/sync/project.tsx';

const most = 6;

/** Views of the open project, and projects, in the palette. */
export function useFindPlaces(): void {
  const [, go] = useLocation();
  const around = useOptionalProject();
  const { workspace } = useWorkspace();
  const views = useMemo<PaletteSource>(
    () => ({
      id: 'views',
      title: () => t('shell.views'),
      search: (query) =>
        fuzzyFilter(around?.views ?? [], query, (view) => view.name)
          .slice(0, most)
          .map((view) => ({
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
      search: (query) =>
        fuzzyFilter(workspace?.projects ?? [], query, (project) => `${project.name} ${project.key}`)
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
